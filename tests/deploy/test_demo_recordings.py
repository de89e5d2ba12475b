"""The shipped recordings can be played, and each has its place in the agenda of the demo company."""

from collections import Counter
from datetime import timedelta

import av
import numpy as np
import pytest

from deploy.demo.known import BAKERY
from deploy.demo.people import ANNIE
from deploy.demo.said import NEW_NOTE, RECORDINGS
from deploy.demo.voice_notes import FOLDER, AfterVisit, Evening, Recording, recorded_at, visit_of
from deploy.demo.world import World, build
from tests.deploy.test_demo_world import AWKWARD, TUESDAY, ZONE, moment


@pytest.fixture(scope="module")
def tuesday() -> World:
    """The company on an ordinary working day."""
    return build(TUESDAY, ZONE)


@pytest.mark.parametrize("name", AWKWARD)
def test_every_recording_has_its_moment_in_the_agenda(name: str) -> None:
    """A recording around a visit was made just after it or during it; one of an evening meets no activity."""
    world = build(AWKWARD[name], ZONE)
    for recording in RECORDINGS:
        at = recorded_at(world, recording)
        assert at <= world.now
        near = [
            row
            for row in world.activities
            if row["rep"] == recording.rep
            and moment(row["starts_at"]) <= at < moment(row["ends_at"]) + timedelta(minutes=15)
        ]
        visit = visit_of(world, recording)
        assert near == ([] if visit is None else [visit])
        assert (visit is None) == isinstance(recording.when, Evening)


def test_recording_of_a_client_unknown_to_the_agenda_is_an_error(tuesday: World) -> None:
    """A recording about a visit that is not in the agenda says which one is missing."""
    stray = Recording("stray", RECORDINGS[0].format, ANNIE, "BlackBerry", AfterVisit("C9999", 3), "Rien.")
    with pytest.raises(LookupError, match="C9999"):
        recorded_at(tuesday, stray)


def test_hints_name_clients_of_the_reps_own_portfolio(tuesday: World) -> None:
    """A client chosen by ref, or typed as text, is one the rep may see."""
    clients = tuesday.clients
    own = {(row["manager"], row["ref"]) for row in clients}
    assert all((one.rep, one.client) in own for one in RECORDINGS if one.client)
    typed = [one for one in RECORDINGS if one.text]
    assert typed
    assert all(any(row["manager"] == one.rep and one.text in row["name"] for row in clients) for one in typed)


def test_first_recording_is_the_blackberry_at_the_bakery(tuesday: World) -> None:
    """Annie's AMR recording was made minutes ago, right after the bakery."""
    first = RECORDINGS[0]
    visit = visit_of(tuesday, first)
    assert visit is not None
    assert (first.rep, first.media_type, first.language, visit["client"]) == (ANNIE, "audio/amr", "fr", BAKERY)
    assert "BlackBerry" in first.device
    assert timedelta(0) < tuesday.now - recorded_at(tuesday, first) < timedelta(minutes=6)


def test_shipped_recordings_are_those_of_the_manifest() -> None:
    """At least 26 files, all listed, in all five kinds, by all reps, of different bytes, in 1.5 MB together."""
    shipped = {path.name for path in FOLDER.iterdir() if path.suffix != ".md"}
    assert shipped == {one.file for one in (*RECORDINGS, NEW_NOTE)}
    contents = [one.path.read_bytes() for one in (*RECORDINGS, NEW_NOTE)]
    assert len(set(contents)) == len(RECORDINGS) + 1 >= 26
    assert sum(map(len, contents)) <= 1_500_000
    assert Counter(one.format.suffix for one in RECORDINGS).keys() == {"amr", "3gp", "m4a", "webm", "wav"}
    assert len({one.rep for one in RECORDINGS}) == 12
    assert {one.language for one in RECORDINGS} == {"fr", "en"}


@pytest.mark.parametrize("recording", RECORDINGS, ids=lambda one: one.file)
def test_recording_decodes_to_a_few_seconds_of_speech(recording: Recording) -> None:
    """What is in the file is the encoding it claims, between 4 and 15 seconds long, and not silence."""
    with av.open(str(recording.path), "r") as container:
        frames = list(container.decode(audio=0))
        decoder = container.streams.audio[0].codec_context.name
    seconds = sum(frame.samples for frame in frames) / frames[0].sample_rate
    assert 4 <= seconds <= 15
    assert decoder.removeprefix("lib") in {"amrnb", "opencore_amrnb", "aac", "opus", recording.format.encoder}
    sound = np.concatenate([frame.to_ndarray().ravel() for frame in frames])
    full_scale = np.iinfo(sound.dtype).max if sound.dtype.kind == "i" else 1
    assert np.abs(sound.astype(np.float64)).max() > 0.02 * full_scale
