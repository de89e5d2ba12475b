"""What a rep wants by mail, and the addresses that are secret."""

import re
from dataclasses import replace

from server.domain import credentials
from server.store import people
from server.usecases import feeds, mails
from tests.mobile_gateway.pages.browser import Page
from tests.mobile_gateway.pages.conftest import BOB, Company


def by_mail(company: Company) -> Company:
    """The same company with a mail domain."""
    services = replace(company.services, mail_domain="notes.test")
    company.app.state.services = services
    return replace(company, services=services)


def test_a_rep_changes_what_they_want_by_mail(company: Company) -> None:
    """The form shows how things are, before and after."""
    browser = by_mail(company).browser()
    form = browser.page("/m/settings").form("/m/settings")
    assert (form.fields["brief_minutes"], form.fields["digest_hour"]) == ("15", "")
    sent = {"receipt": "always", "brief_minutes": "30", "digest_hour": "7"}
    assert "C'est noté." in Page(browser.send(form, **sent).text).text
    with company.services.database.reading() as session:
        (wishes,) = [wishes for person, wishes in people.wishes(session) if person.id == 1]
    assert (wishes.receipt, wishes.brief_minutes, wishes.digest_hour) == ("always", 30, 7)
    assert browser.page("/m/settings").form("/m/settings").fields["digest_hour"] == "7"
    browser.send(form, digest_hour="")
    assert browser.page("/m/settings").form("/m/settings").fields["digest_hour"] == ""


def test_a_number_that_cannot_be_is_refused_with_its_field(company: Company) -> None:
    """Nothing changes, and the page says what was wrong."""
    browser = by_mail(company).browser(BOB)
    form = browser.page("/m/settings").form("/m/settings")
    answer = browser.send(form, brief_minutes="soon")
    refused = Page(answer.text)
    assert answer.status_code == 422
    assert "“minutes” cannot be understood: 0–240" in refused.text
    assert refused.form("/m/settings").fields["brief_minutes"] == "15"


def test_a_secret_mail_address_is_shown_once_and_is_the_device_s(company: Company) -> None:
    """It is not on the page that is opened next."""
    browser = by_mail(company).browser()
    page = Page(browser.send(browser.page("/m/settings").form("/m/settings/mail-address")).text)
    found = re.search(r"notes\+(\w+)@notes\.test", page.text)
    assert found
    with company.services.database.reading() as session:
        signed = mails.device_of_address(session, found[1])
    assert signed is not None
    assert signed.rep.id == 1
    assert found[0] not in browser.page("/m/settings").text


def test_the_calendar_feed_is_started_and_stopped(company: Company) -> None:
    """Its address is shown once; without mail nothing is said of mail."""
    browser = company.browser()
    form = browser.page("/m/settings").form("/m/settings/calendar")
    page = Page(browser.send(form, "Nouvelle adresse privée").text)
    secret = re.search(r"/calendar/(\S+)\.ics", page.text)
    assert secret
    with company.services.database.reading() as session:
        assert feeds.reader(session, secret[1]).id == 1
    assert credentials.digest(secret[1]) not in page.text
    assert "Par courriel" not in page.text
    browser.send(page.form("/m/settings/calendar"), "Arrêter l'ancienne")
    with company.services.database.reading() as session:
        assert not feeds.is_on(session, 1)
