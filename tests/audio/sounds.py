"""Recordings made on the spot: speech-like sound, encoded by PyAV where it can, put together by hand elsewhere."""

import struct
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from numpy.typing import NDArray

Samples = NDArray[np.int16]


def speech(seconds: float, rate: int = 16_000, level: float = 0.25, pause: float = 0.0) -> Samples:
    """Four syllables a second of a 140 Hz voice, `level` at its loudest, between `pause` seconds of silence."""
    time = np.arange(round(seconds * rate)) / rate
    voice = sum(np.sin(2 * np.pi * 140 * k * time) / k for k in range(1, 12))
    syllables = 0.55 + 0.45 * np.sin(2 * np.pi * 4 * time)
    sound = (voice * syllables / 2.0 * level * 32767).clip(-32768, 32767).astype(np.int16)
    silence = np.zeros(round(pause * rate), np.int16)
    return np.concatenate([silence, sound, silence])


def encode(path: Path, container: str, codec: str, samples: Samples, rate: int, **options: str) -> Path:
    """Write mono `samples` at `rate`; `layout` may ask for more channels, `target_rate` for another rate, the rest
    are options of the container."""
    layout = options.pop("layout", "mono")
    target_rate = int(options.pop("target_rate", rate))
    with av.open(str(path), "w", format=container, container_options=options) as output:
        stream = output.add_stream(codec, rate=target_rate, layout=layout, options={"strict": "experimental"})
        stream.bit_rate = 12_200 if "amr" in codec else 48_000
        for start in range(0, len(samples), rate):
            piece = samples[start : start + rate]
            frame = AudioFrame(format="s16", layout="mono", samples=len(piece))
            frame.planes[0].update(piece.tobytes())
            frame.sample_rate, frame.pts, frame.time_base = rate, start, Fraction(1, rate)
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    return path


def decode(path: Path) -> Samples:
    """All samples of our own rendition, mixed to 16 kHz mono by PyAV alone."""
    resampler = av.AudioResampler(format="s16", layout="mono", rate=16_000)
    with av.open(str(path)) as container:
        frames = [part for frame in container.decode(audio=0) for part in resampler.resample(frame)]
    frames += resampler.resample(None)
    return np.concatenate([frame.to_ndarray().ravel() for frame in frames]).astype(np.int16)


def wav(path: Path, data: bytes, kind: int = 1, rate: int = 16_000, bits: int = 16, claim: int | None = None) -> Path:
    """A mono WAV written by hand: any format tag, any rate, any claim about its length."""
    block = max(1, bits // 8)
    header = struct.pack("<HHIIHH", kind, 1, rate, rate * block & 0xFFFFFFFF, block, bits)
    size = len(data) if claim is None else claim
    path.write_bytes(b"RIFF" + struct.pack("<I", size + 36 & 0xFFFFFFFF) + b"WAVEfmt " + struct.pack("<I", 16) + header)
    with path.open("ab") as file:
        file.write(b"data" + struct.pack("<I", size) + data)
    return path


def gsm_wav(path: Path, blocks: int) -> Path:
    """GSM 06.10 as Windows Mobile writes it: 65 bytes hold 320 samples at 8 kHz."""
    data = np.random.default_rng(1).integers(0, 256, 65 * blocks, np.uint8).tobytes()
    fmt = struct.pack("<HHIIHHHH", 0x31, 1, 8000, 1625, 65, 0, 2, 320)
    fact = b"fact" + struct.pack("<II", 4, 320 * blocks)
    body = b"WAVEfmt " + struct.pack("<I", len(fmt)) + fmt + fact + b"data" + struct.pack("<I", len(data)) + data
    path.write_bytes(b"RIFF" + struct.pack("<I", len(body)) + body)
    return path


def amr_wb(path: Path, frames: int) -> Path:
    """AMR-WB by hand: 6.6 kbit/s speech frames, each fourth one an empty frame of a pause."""
    random = np.random.default_rng(2)
    speech_frame = lambda: b"\x04" + random.integers(0, 256, 17, np.uint8).tobytes()  # noqa: E731
    path.write_bytes(b"#!AMR-WB\n" + b"".join(b"\x7c" if i % 4 == 3 else speech_frame() for i in range(frames)))
    return path


def qcp(path: Path, frames: int) -> Path:
    """QCELP by hand (RFC 3625): full-rate, eighth-rate and blank frames of 20 ms."""
    random = np.random.default_rng(3)
    sizes = {4: 34, 1: 3, 0: 0}
    data = b"".join(
        bytes([kind]) + random.integers(0, 256, sizes[kind], np.uint8).tobytes()
        for kind in ((4, 4, 1, 0)[i % 4] for i in range(frames))
    )
    guid = bytes.fromhex("416d7f5e15b1d011ba9100805fb4b97e")
    rates = struct.pack("<I", 5) + bytes([34, 4, 16, 3, 7, 2, 3, 1, 0, 0]).ljust(16, b"\0")
    fmt = b"\1\0" + guid + struct.pack("<H", 2) + b"Qcelp 13K".ljust(80, b"\0")
    fmt += struct.pack("<HHHHH", 13000, 35, 160, 8000, 16) + rates + bytes(20)
    vrat = b"vrat" + struct.pack("<III", 8, 1, frames)
    body = b"QLCMfmt " + struct.pack("<I", len(fmt)) + fmt + vrat + b"data" + struct.pack("<I", len(data)) + data
    path.write_bytes(b"RIFF" + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2))
    return path


def silent_flac(path: Path, hours: int) -> Path:
    """Digital silence at 8 kHz in the largest blocks that FLAC knows: fourteen bytes hold eight seconds."""
    block = 65_535
    blocks = hours * 3600 * 8_000 // block
    rate_and_bits = (8_000 << 44 | 15 << 36 | blocks * block).to_bytes(8, "big")
    streaminfo = struct.pack(">HH", block, block) + bytes(6) + rate_and_bits + bytes(16)
    with path.open("wb") as file:
        file.write(b"fLaC\x80\0\0\x22" + streaminfo)
        for number in range(blocks):
            header = b"\xff\xf8\x74\x08" + chr(number).encode("utf-8", "surrogatepass") + struct.pack(">H", block - 1)
            frame = header + _crc(header, 0x07, 8) + bytes(3)
            file.write(frame + _crc(frame, 0x8005, 16))
    return path


def _crc(data: bytes, polynomial: int, width: int) -> bytes:
    value = 0
    for byte in data:
        value ^= byte << width - 8
        for _ in range(8):
            value = (value << 1 ^ (polynomial if value >> width - 1 else 0)) & (1 << width) - 1
    return value.to_bytes(width // 8, "big")
