"""S56: information refused, or a document stopped before it left."""

from __future__ import annotations

from typing import Final

from wholepicture.signals.specs.case import Case

CASES: Final = (
    Case(
        title="A request that was refused",
        why="The source knows that it was never answered: somebody else looks at why.",
        entries="""
    id  | occurred   | agency      | kind                | about         | details
    ir1 | 2019-05-09 | social_care | information_request | child:subject | to=social_care; answered=never
    """,
        today="2019-05-09",
        raised={"child": "ir1"},
        from_day="2019-05-09",
    ),
    Case(
        title="A request that nobody has answered yet",
        why="A blank is not a refusal; silence is another rule's matter.",
        entries="""
    id  | occurred   | agency      | kind                | about         | details
    ir1 | 2019-05-09 | social_care | information_request | child:subject | to=social_care
    ir2 | 2019-05-09 | social_care | information_request | child:subject | to=social_care; answered=2019-05-10
    """,
        today="2019-06-09",
    ),
    Case(
        title="A refusal that was reviewed",
        why="The review answers the refusal. What answers another leaves this one open.",
        entries="""
    id  | occurred   | agency      | kind                | about         | details
    ir1 | 2019-05-09 | social_care | information_request | child:subject | to=social_care; answered=never
    ir2 | 2019-05-09 | social_care | information_request | child:subject | to=social_care; answered=never
    no1 | 2019-05-13 | social_care | note                | child:subject | answers=[ir1]
    """,
        today="2019-06-09",
        raised={"child": "ir2"},
    ),
    Case(
        title="Known only later to be refused",
        why="It stands from the day on which that was known.",
        entries="""
    id  | occurred   | agency      | kind                | about
    ir1 | 2019-05-09 | social_care | information_request | child:subject
      > to=social_care; answered=never @ 2019-05-20
    """,
        today="2019-05-20",
        raised={"child": "ir1"},
        from_day="2019-05-20",
    ),
    Case(
        title="A document stopped before it left",
        why="It was for somebody alleged to have done harm, or named a hidden place. It is about this child alone.",
        entries="""
    id  | occurred   | agency      | kind   | about         | details
    le1 | 2019-05-09 | social_care | letter | child:subject | to=parent; about=stopped before it left; received=never
    """,
        today="2019-05-09",
        raised={"child": "le1"},
        from_day="2019-05-09",
    ),
    Case(
        title="Put right or approved",
        why="Somebody else approved it, or it was made again: an entry answers the stop.",
        entries="""
    id  | occurred   | agency      | kind   | about         | details
    le1 | 2019-05-09 | social_care | letter | child:subject | to=agency; about=stopped before it left; received=never
    no1 | 2019-05-09 | social_care | note   | child:subject | answers=[le1]
    """,
        today="2019-06-09",
    ),
    Case(
        title="A letter that was lost in the post, and one that arrived",
        why="A letter that never came is not one that was stopped.",
        entries="""
    id  | occurred   | agency      | kind   | about         | details
    le1 | 2019-05-09 | social_care | letter | child:subject | to=parent; about=contact; received=never
    le2 | 2019-05-09 | social_care | letter | child:subject | to=parent; about=stopped before it left
    """,
        today="2019-06-09",
    ),
)
