"""Opening hours in the clinic's own time zone."""

from __future__ import annotations

from datetime import date, datetime, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.content.hours import OpeningHours, Range, parse_ranges, status
from assistant.content.hours_text import clock, status_text, week_text

NEW_YORK = ZoneInfo("America/New_York")
WEEKDAY = parse_ranges(["09:00-12:00", "13:00-17:30"])
USUAL = OpeningHours((WEEKDAY,) * 5 + (parse_ranges(["10:00-14:00"]), ()))


def said(hours: OpeningHours, now: str, zone: ZoneInfo = NEW_YORK) -> str:
    moment = datetime.fromisoformat(now)
    local = moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)
    return status_text(status(hours, zone, local), local)


@pytest.mark.parametrize(
    ("now", "words"),
    [
        # 24 November 2026 is a Tuesday.
        ("2026-11-24T09:00", "We're open now, until noon."),
        ("2026-11-24T11:59:59", "We're open now, until noon."),
        ("2026-11-24T12:00", "We're closed now. We open at 1 pm."),
        ("2026-11-24T16:00", "We're open now, until 5:30 pm."),
        ("2026-11-24T17:30", "We're closed now. We open tomorrow at 9 am."),
        ("2026-11-24T00:00", "We're closed now. We open at 9 am."),
        ("2026-11-28T14:00", "We're closed now. We open on Monday at 9 am."),
        ("2026-11-29T12:00", "We're closed now. We open tomorrow at 9 am."),
        # The server's zone does not matter: 14:30 UTC is 9:30 in New York.
        ("2026-11-24T14:30+00:00", "We're open now, until noon."),
    ],
)
def test_open_or_when_next(now: str, words: str) -> None:
    assert said(USUAL, now) == words


def test_holidays_replace_the_weekday() -> None:
    hours = OpeningHours(
        USUAL.week,
        {date(2026, 11, 26): (), date(2026, 11, 27): parse_ranges(["10:00-11:00"])},
    )
    assert said(hours, "2026-11-26T10:00") == "We're closed now. We open tomorrow at 10 am."
    assert said(hours, "2026-11-27T10:30") == "We're open now, until 11 am."


def test_a_long_closure_names_the_date() -> None:
    closed = {date(2026, 12, day): () for day in range(18, 32)}
    hours = OpeningHours(USUAL.week, {**closed, date(2027, 1, 1): ()})
    words = "We're closed now. We open on Saturday, January 2, at 10 am."
    assert said(hours, "2026-12-18T12:00") == words


def test_never_open() -> None:
    assert said(OpeningHours(((),) * 7), "2026-11-24T12:00") == "We're closed now."


def test_ranges_meeting_at_midnight_are_one() -> None:
    week = (parse_ranges(["20:00-24:00"]), parse_ranges(["00:00-02:00"]), *((),) * 5)
    assert said(OpeningHours(week), "2026-11-23T23:00") == "We're open now, until 2 am."
    assert said(OpeningHours(week), "2026-11-24T01:00") == "We're open now, until 2 am."


def test_always_open_has_no_end() -> None:
    assert said(OpeningHours((parse_ranges(["00:00-24:00"]),) * 7), "2026-11-24T03:00") == (
        "We're open now."
    )


@pytest.mark.parametrize(
    ("now", "words"),
    [
        # Clocks go from 2 am to 3 am on Sunday, March 14, 2027.
        ("2027-03-14T06:59+00:00", "We're open now, until 4 am."),  # 1:59 am
        ("2027-03-14T07:59+00:00", "We're open now, until 4 am."),  # 3:59 am
        ("2027-03-14T08:00+00:00", "We're closed now. We open at 10 am."),  # 4 am
        ("2027-03-14T13:59+00:00", "We're closed now. We open at 10 am."),  # 9:59 am
        ("2027-03-14T14:00+00:00", "We're open now, until 11 am."),  # 10 am, an hour sooner
        # Clocks go back from 2 am to 1 am on Sunday, November 7, 2027.
        ("2027-11-07T05:30+00:00", "We're open now, until 4 am."),  # 1:30 am, summer time
        ("2027-11-07T06:30+00:00", "We're open now, until 4 am."),  # 1:30 am again
        ("2027-11-07T08:59+00:00", "We're open now, until 4 am."),  # 3:59 am
        ("2027-11-07T09:00+00:00", "We're closed now. We open at 10 am."),
    ],
)
def test_wall_clock_times_hold_when_the_clocks_change(now: str, words: str) -> None:
    sunday = parse_ranges(["01:00-04:00", "10:00-11:00"])
    assert said(OpeningHours(((),) * 6 + (sunday,)), now) == words


def test_a_range_inside_the_skipped_hour_is_no_opening() -> None:
    hours = OpeningHours(((),) * 6 + (parse_ranges(["02:00-03:00"]),))
    assert said(hours, "2027-03-14T06:30+00:00").endswith("on Sunday, March 21, at 2 am.")


def test_a_zone_without_summer_time() -> None:
    phoenix = ZoneInfo("America/Phoenix")
    assert said(USUAL, "2026-07-01T16:00+00:00", phoenix) == "We're open now, until noon."
    assert said(USUAL, "2026-12-01T16:00+00:00", phoenix) == "We're open now, until noon."


@given(st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(timezone.utc)))
def test_the_status_changes_when_it_says(now: datetime) -> None:
    found = status(USUAL, NEW_YORK, now)
    assert found.until is not None
    assert found.until > now
    assert status(USUAL, NEW_YORK, found.until).is_open is not found.is_open


@pytest.mark.parametrize(
    ("ranges", "message"),
    [
        (["9-17"], 'not a range such as "09:00-17:00"'),
        (["09:00"], "not a range"),
        (["22:00-02:00"], "cannot cross midnight"),
        (["10:00-10:00"], "ends before it starts"),
        (["09:00-24:30"], "does not exist"),
        (["09:75-10:00"], "does not exist"),
        (["24:00-24:00"], "does not exist"),
        (["09:00-12:00", "11:00-13:00"], "overlap"),
    ],
)
def test_bad_ranges_are_refused(ranges: list[str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse_ranges(ranges)


def test_ranges_come_in_order() -> None:
    assert parse_ranges(["13:00-17:00", "9:00 - 12:00"]) == (Range(540, 720), Range(780, 1020))


def test_week_in_words() -> None:
    assert week_text(USUAL).splitlines() == [
        "Monday to Friday: 9 am to noon and 1 pm to 5:30 pm",
        "Saturday: 10 am to 2 pm",
        "Sunday: closed",
    ]


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "midnight"), (30, "12:30 am"), (540, "9 am"), (720, "noon"), (765, "12:45 pm")],
)
def test_clock(minutes: int, words: str) -> None:
    assert clock(minutes) == words
