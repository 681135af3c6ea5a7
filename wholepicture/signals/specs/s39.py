"""S39: spoken or written to in a language that is not theirs."""

from __future__ import annotations

from typing import Final

from wholepicture.signals.specs.case import Case

POLISH: Final = """
    person  | type  | sex    | born       | language | interpreter
    child   | child | female | 2014-03-10 | pl       |
    sibling | child | male   | 2017-06-01 |          |
    mother  | adult | female |            | pl       | needed
    partner | adult | male   |            | en-GB    |
"""
UNKNOWN: Final = """
    person  | type  | sex    | born       | language | interpreter
    child   | child | female | 2014-03-10 | pl       |
    sibling | child | male   | 2017-06-01 |          |
    mother  | adult | female |            |          |
    partner | adult | male   |            |          |
"""
FLUENT: Final = """
    person  | type  | sex    | born       | language | interpreter
    child   | child | female | 2014-03-10 | pl       | not_needed
    sibling | child | male   | 2017-06-01 | pl       | not_needed
    mother  | adult | female |            | pl       | not_needed
    partner | adult | male   |            |          |
"""

CASES: Final = (
    Case(
        title="Spoken to without an interpreter",
        why="The mother needs one and none was used.",
        entries="""
    id  | occurred   | agency      | kind  | about                          | details
    vi1 | 2019-01-10 | social_care | visit | child:subject mother:informant | interpreter_used=no
    """,
        today="2019-01-10",
        people=POLISH,
        raised={"child": "vi1"},
        from_day="2019-01-10",
    ),
    Case(
        title="Nobody wrote whether one was used",
        why="A blank is never a no.",
        entries="""
    id  | occurred   | agency      | kind  | about                          | details
    vi1 | 2019-01-10 | social_care | visit | child:subject mother:informant |
    """,
        today="2019-01-20",
        people=POLISH,
    ),
    Case(
        title="A child whose home language is another",
        why="Another language at home, and nobody asked whether the child needs an interpreter: the doubt stays open.",
        entries="""
    id  | occurred   | agency | kind         | about         | details
    cw1 | 2019-01-10 | police | childs_words | child:subject | interpreter_used=no
    """,
        today="2019-01-20",
        people=POLISH,
        raised={"child": "cw1"},
    ),
    Case(
        title="A language that nobody knows",
        why="An unknown language is not a need.",
        entries="""
    id  | occurred   | agency | kind         | about           | details
    cw1 | 2019-01-10 | police | childs_words | sibling:subject | interpreter_used=no
    """,
        today="2019-01-20",
        people=POLISH,
    ),
    Case(
        title="Fluent, and asked",
        why="The family was asked and needs no interpreter.",
        entries="""
    id  | occurred   | agency   | kind        | about                          | details
    vi1 | 2019-01-10 | police   | visit       | child:subject mother:informant | interpreter_used=no
    ap1 | 2019-01-11 | hospital | appointment | child:subject                  | letter_language=en
    """,
        today="2019-01-20",
        people=FLUENT,
    ),
    Case(
        title="An incident at which nobody interpreted",
        why="It is about each child of the household.",
        entries="""
    id  | occurred   | agency | kind                    | about                       | details
    da1 | 2019-01-10 | police | domestic_abuse_incident | mother:victim child:present | interpreter_used=no
    """,
        today="2019-01-20",
        people=POLISH,
        raised={"child": "da1", "sibling": "da1"},
    ),
    Case(
        title="A relative or a child interpreting",
        why="Somebody had to interpret, so there was a need, whatever is on record of the language.",
        entries="""
    id  | occurred   | agency      | kind         | about                        | details
    pr1 | 2019-01-10 | midwifery   | pregnancy    | mother:subject child:subject |
      > interpreter_used=yes; interpreter_was=relative
    cw1 | 2019-01-12 | social_care | childs_words | sibling:subject              | interpreter_was=child
    """,
        today="2019-01-20",
        raised={"child": "pr1", "sibling": "cw1"},
    ),
    Case(
        title="A professional interpreter",
        why="That is what is asked for.",
        entries="""
    id  | occurred   | agency      | kind  | about                        | details
    vi1 | 2019-01-10 | social_care | visit | mother:subject child:subject |
      > interpreter_used=yes; interpreter_was=professional
    """,
        today="2019-01-20",
        people=POLISH,
    ),
    Case(
        title="Letters in English",
        why="An appointment's letter and a letter home, to a family that reads another language.",
        entries="""
    id  | occurred   | agency          | kind        | about           | details
    ap1 | 2019-01-10 | health_visiting | appointment | sibling:subject | letter_language=en
    le1 | 2019-01-12 | school          | letter      | child:subject   | to=parent; language=en-GB
    """,
        today="2019-01-20",
        people=POLISH,
        raised={"child": "le1", "sibling": "ap1"},
    ),
    Case(
        title="Letters between agencies, or in their language",
        why="The family does not read the one, and can read the other.",
        entries="""
    id  | occurred   | agency          | kind        | about         | details
    le1 | 2019-01-10 | hospital        | letter      | child:subject | to=agency; language=en
    le2 | 2019-01-11 | hospital        | letter      | child:subject | language=en
    ap1 | 2019-01-12 | health_visiting | appointment | child:subject | letter_language=pl
    ap2 | 2019-01-13 | health_visiting | appointment | child:subject |
    """,
        today="2019-01-20",
        people=POLISH,
    ),
    Case(
        title="Only the child's language is known",
        why="Where nothing is known of the carers, the language at home is what is known of the family.",
        entries="""
    id  | occurred   | agency          | kind        | about           | details
    ap1 | 2019-01-10 | health_visiting | appointment | child:subject   | letter_language=en
    ap2 | 2019-01-10 | health_visiting | appointment | sibling:subject | letter_language=en
    """,
        today="2019-01-20",
        people=UNKNOWN,
        raised={"child": "ap1"},
    ),
    Case(
        title="An English letter to an English speaker",
        why="There is no need.",
        entries="""
    id  | occurred   | agency          | kind        | about         | details
    ap1 | 2019-01-10 | health_visiting | appointment | child:subject | letter_language=en
    """,
        today="2019-01-20",
        people="""
    person | type  | language
    child  | child | en
    mother | adult | en
    """,
        ties="""
    person | relation | other | from
    mother | mother   | child | 2014-03-10
    """,
    ),
    Case(
        title="Done again",
        why="With an interpreter; and, for the sibling, in writing in their language.",
        entries="""
    id  | occurred   | agency          | kind        | about                        | details
    vi1 | 2019-01-10 | social_care     | visit       | mother:subject child:subject | interpreter_used=no
    vi2 | 2019-01-17 | social_care     | visit       | mother:subject child:subject | interpreter_used=yes
    ap1 | 2019-01-10 | health_visiting | appointment | sibling:subject              | letter_language=en
    le1 | 2019-01-17 | health_visiting | letter      | sibling:subject              | to=parent; language=pl
    """,
        today="2019-01-20",
        people=POLISH,
    ),
    Case(
        title="Done again in the same way",
        why="A relative interpreted, and the second letter was in English too.",
        entries="""
    id  | occurred   | agency          | kind        | about                        | details
    vi1 | 2019-01-10 | social_care     | visit       | mother:subject child:subject | interpreter_used=no
    vi2 | 2019-01-17 | social_care     | visit       | mother:subject child:subject |
      > interpreter_used=yes; interpreter_was=relative
    ap1 | 2019-01-10 | health_visiting | appointment | sibling:subject              | letter_language=en
    ap2 | 2019-01-17 | health_visiting | appointment | sibling:subject              | letter_language=en
    """,
        today="2019-01-20",
        people=POLISH,
        raised={"child": "vi1 vi2", "sibling": "ap1 ap2"},
    ),
)
