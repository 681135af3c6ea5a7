"""S18: help for an injury sought late."""

from __future__ import annotations

from typing import Final

from wholepicture.signals.specs.case import Case

CASES: Final = (
    Case(
        title="Shown on a later day",
        why="Where only days are known, a later day is a delay.",
        entries="""
    id  | occurred   | recorded   | agency      | kind   | about         | details
    in1 | 2019-01-10 | 2019-01-11 | hospital_ae | injury | child:subject | type=fracture; presented=2019-01-11
    """,
        today="2019-01-11",
        raised={"child": "in1"},
        from_day="2019-01-11",
    ),
    Case(
        title="Shown on the same day",
        why="No delay is known.",
        entries="""
    id  | occurred   | agency      | kind   | about         | details
    in1 | 2019-01-10 | hospital_ae | injury | child:subject | type=fracture; presented=2019-01-10
    """,
        today="2019-01-20",
    ),
    Case(
        title="Thirteen hours, on one day",
        why="With times, more than twelve hours is a delay.",
        entries="""
    id  | occurred         | agency      | kind   | about         | details
    in1 | 2019-01-10T08:00 | hospital_ae | injury | child:subject | presented=2019-01-10T21:00
    """,
        today="2019-01-20",
        raised={"child": "in1"},
    ),
    Case(
        title="Twelve hours exactly",
        why="Not more than twelve.",
        entries="""
    id  | occurred         | agency      | kind   | about         | details
    in1 | 2019-01-10T08:00 | hospital_ae | injury | child:subject | presented=2019-01-10T20:00
    """,
        today="2019-01-20",
    ),
    Case(
        title="The reason is recorded",
        why="The record already says why.",
        entries="""
    id  | occurred   | recorded   | agency      | kind   | about
    in1 | 2019-01-10 | 2019-01-12 | hospital_ae | injury | child:subject
      > presented=2019-01-12; delay_reason=swelling showed only the day after
    """,
        today="2019-01-20",
    ),
    Case(
        title="Nobody wrote when it was shown",
        why="A blank never proves a delay.",
        entries="""
    id  | occurred   | recorded   | agency      | kind   | about         | details
    in1 | 2019-01-10 | 2019-01-12 | hospital_ae | injury | child:subject | type=fracture
    """,
        today="2019-01-20",
    ),
    Case(
        title="A day that may be the same",
        why="About the tenth may be the twelfth; a time beside a date of day precision proves no hours.",
        entries="""
    id  | occurred         | recorded   | agency      | kind   | about         | details
    in1 | about 2019-01-10 | 2019-01-12 | hospital_ae | injury | child:subject | presented=2019-01-12
    in2 | 2019-02-10       | 2019-02-10 | hospital_ae | injury | child:subject | presented=2019-02-10T23:00
    """,
        today="2019-03-20",
    ),
    Case(
        title="An adult's injury",
        why="The rule is about a child's.",
        entries="""
    id  | occurred   | recorded   | agency      | kind   | about          | details
    in1 | 2019-01-10 | 2019-01-12 | hospital_ae | injury | mother:subject | presented=2019-01-12
    """,
        today="2019-01-20",
    ),
    Case(
        title="Shown later, and known only then",
        why="The school saw it on the tenth; that it was shown to a doctor on the fourteenth is known from then on.",
        entries="""
    id  | occurred   | agency | kind   | about         | details
    in1 | 2019-01-10 | school | injury | child:subject | presented=2019-01-14
    """,
        today="2019-01-14",
        raised={"child": "in1"},
        from_day="2019-01-14",
    ),
    Case(
        title="The delay explained since",
        why="One by another record of the same injury, one by an account that answers it, one by a doctor.",
        entries="""
    id  | occurred   | recorded   | agency      | kind            | about
    in1 | 2019-01-10 | 2019-01-12 | hospital_ae | injury          | child:subject
      > presented=2019-01-12
    in2 | 2019-01-10 | 2019-01-13 | hospital    | injury          | child:subject
      > same_event_as=[in1]; delay_reason=fell at a relative's and was told to wait
    in3 | 2019-02-10 | 2019-02-12 | hospital_ae | injury          | child:subject
      > presented=2019-02-12
    pa1 | 2019-02-13 | 2019-02-13 | hospital    | parent_account  | mother:informant child:subject
      > answers=[in3]; about=the swelling came later
    in4 | 2019-03-10 | 2019-03-12 | hospital_ae | injury          | child:subject
      > presented=2019-03-12
    mf1 | 2019-03-13 | 2019-03-13 | hospital    | medical_finding | child:subject
      > answers=[in4]
    """,
        today="2019-03-20",
    ),
    Case(
        title="An account that does not hold",
        why="An account that changed explains nothing, and a letter is no account.",
        entries="""
    id  | occurred   | recorded   | agency      | kind           | about         | details
    in1 | 2019-01-10 | 2019-01-12 | hospital_ae | injury         | child:subject | presented=2019-01-12
    pa1 | 2019-01-13 | 2019-01-13 | hospital    | parent_account | child:subject | answers=[in1]; consistent=no
    le1 | 2019-01-14 | 2019-01-14 | hospital    | letter         | child:subject | answers=[in1]
    """,
        today="2019-01-20",
        raised={"child": "in1"},
    ),
)
