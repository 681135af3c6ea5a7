"""S25: food taken, hidden, begged for or sought in waste."""

from __future__ import annotations

from typing import Final

from wholepicture.signals.specs.case import Case

CASES: Final = (
    Case(
        title="Twice within thirty days",
        why="Two entries of food seeking, thirty days apart.",
        entries="""
    id  | occurred   | agency | kind            | about         | details
    wc1 | 2019-01-10 | school | welfare_concern | child:subject | theme=food_seeking
    wc2 | 2019-02-09 | school | welfare_concern | child:subject | theme=food_seeking
    """,
        today="2019-02-09",
        raised={"child": "wc1 wc2"},
        from_day="2019-02-09",
    ),
    Case(
        title="Thirty-one days apart",
        why="Outside the window.",
        entries="""
    id  | occurred   | agency | kind            | about         | details
    wc1 | 2019-01-10 | school | welfare_concern | child:subject | theme=food_seeking
    wc2 | 2019-02-10 | school | welfare_concern | child:subject | theme=food_seeking
    """,
        today="2019-02-20",
    ),
    Case(
        title="Once",
        why="One event is for the concern's own decision.",
        entries="""
    id  | occurred   | agency | kind            | about         | details
    wc1 | 2019-01-10 | school | welfare_concern | child:subject | theme=food_seeking
    """,
        today="2019-02-20",
    ),
    Case(
        title="One entry that tells of several occasions",
        why="The entry itself says that it happened repeatedly.",
        entries="""
    id  | occurred   | agency | kind            | about         | details
    wc1 | 2019-01-10 | school | welfare_concern | child:subject | theme=food_seeking; repeated=yes
    """,
        today="2019-01-10",
        raised={"child": "wc1"},
    ),
    Case(
        title="Hungry, no more",
        why="Hunger alone does not count.",
        entries="""
    id  | occurred   | agency | kind            | about
    wc1 | 2019-01-10 | school | welfare_concern | child:subject
      > theme=hunger; repeated=yes
      > says Said he was hungry again.
    wc2 | 2019-01-20 | school | welfare_concern | child:subject
      > theme=hunger
      > says Had had no breakfast.
    """,
        today="2019-02-20",
    ),
    Case(
        title="Hungry, and took food",
        why="Hunger counts when food was taken, hidden, begged for or sought in waste.",
        entries="""
    id  | occurred   | agency | kind            | about         | details      | summary
    wc1 | 2019-01-10 | school | welfare_concern | child:subject | theme=hunger | Took a sandwich from another bag.
    wc2 | 2019-01-20 | school | welfare_concern | child:subject | theme=hunger | Looked for food in the bins.
    """,
        today="2019-02-20",
        raised={"child": "wc1 wc2"},
    ),
    Case(
        title="What a parent says of an appetite",
        why="A parent's account is not an event that somebody saw.",
        entries="""
    id  | occurred   | agency         | kind           | about                          | details
    pa1 | 2019-01-10 | school_nursing | parent_account | child:subject mother:informant | about=eats in secret
    pa2 | 2019-01-20 | school_nursing | parent_account | child:subject mother:informant | about=a huge appetite
    """,
        today="2019-02-20",
    ),
    Case(
        title="One event that two members of staff logged",
        why="Kind, people and day agree.",
        entries="""
    id  | occurred   | agency | kind            | about         | details
    wc1 | 2019-01-10 | school | welfare_concern | child:subject | theme=food_seeking
    wc2 | 2019-01-10 | school | welfare_concern | child:subject | theme=food_seeking
    """,
        today="2019-02-20",
    ),
    Case(
        title="A neighbour and a teacher",
        why="Who saw it does not matter; the sibling is mentioned and not asked about.",
        entries="""
    id  | occurred   | agency      | kind            | about                           | details
    pc1 | 2019-01-10 | social_care | public_concern  | child:subject                   | theme=food_seeking
    wc2 | 2019-01-20 | school      | welfare_concern | child:subject sibling:mentioned | theme=food_seeking
    """,
        today="2019-02-20",
        raised={"child": "pc1 wc2"},
    ),
    Case(
        title="Considered in writing",
        why="A doctor and an assessment that considered abuse; one that says it did not would not end it.",
        entries="""
    id  | occurred   | agency                | kind            | about           | details
    wc1 | 2019-01-10 | school                | welfare_concern | child:subject   | theme=food_seeking; repeated=yes
    wc2 | 2019-01-12 | school                | welfare_concern | child:subject   | theme=food_seeking
    as1 | 2019-01-20 | social_care           | assessment      | child:subject   | abuse_considered=yes
    wc3 | 2019-01-10 | school                | welfare_concern | sibling:subject | theme=food_seeking; repeated=yes
    mf1 | 2019-01-20 | community_paediatrics | medical_finding | sibling:subject | abuse_considered=no
    """,
        today="2019-02-20",
        raised={"sibling": "wc3"},
    ),
)
