"""Edits of a register: what they change, and that they change nothing that was cited."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panelbot.errors import InputError, NotFoundError, PanelbotError
from panelbot.register import (
    Edit,
    MergeSpeakers,
    SetAliases,
    SetFact,
    apply_edits,
    edit_from_dict,
    edit_register,
    edit_to_dict,
    find_speaker,
    parse_edit,
)
from panelbot.types import Evidence, Speaker, Transcript, Turn

LABELS = ("发言人1", "发言人2", "发言人3", "Ana Ruiz")
NAMES = (*LABELS, "李四", "王五")


def panel() -> Transcript:
    turns = tuple(Turn(index=n, speaker=LABELS[n % 4], text=f"第{n}段发言。") for n in range(9))
    told = Evidence(field="organization", source="label", text="发言人2（江苏银行）")
    speakers = [Speaker(name=label) for label in LABELS]
    speakers[1] = Speaker(name="发言人2", organization="江苏银行", evidence=(told,))
    return Transcript(id="panel", speakers=tuple(speakers), turns=turns)


edits = st.one_of(
    st.builds(
        SetFact,
        speaker=st.sampled_from(NAMES),
        field=st.sampled_from(["organization", "title"]),
        value=st.text(max_size=8),
    ),
    st.builds(SetFact, speaker=st.sampled_from(NAMES), field=st.just("name"), value=st.sampled_from(NAMES)),
    st.builds(SetFact, speaker=st.sampled_from(NAMES), field=st.just("role"), value=st.sampled_from(["moderator"])),
    st.builds(
        SetAliases,
        speaker=st.sampled_from(NAMES),
        aliases=st.lists(st.text(min_size=1, max_size=5), max_size=3).map(tuple),
        add=st.booleans(),
    ),
    st.builds(MergeSpeakers, speaker=st.sampled_from(NAMES), into=st.sampled_from(NAMES)),
)


@pytest.mark.parametrize(
    ("text", "edit"),
    [
        ("发言人3.name=李四", SetFact(speaker="发言人3", field="name", value="李四")),
        ("李四.role = moderator", None),
        ("李四.role=moderator", SetFact(speaker="李四", field="role", value="moderator")),
        ("Dr. Lee.title=chief economist", SetFact(speaker="Dr. Lee", field="title", value="chief economist")),
        ("李四.organization=", SetFact(speaker="李四", field="organization", value="")),
        ("李四.aliases=李总， 四哥", SetAliases(speaker="李四", aliases=("李总", "四哥"))),
        ("李四.aliases+=老李", SetAliases(speaker="李四", aliases=("老李",), add=True)),
        ("merge:发言人4=李四", MergeSpeakers(speaker="发言人4", into="李四")),
    ],
)
def test_parse_edit(text: str, edit: Edit | None) -> None:
    if edit is None:
        with pytest.raises(InputError, match="not understood"):
            parse_edit(text)
    else:
        assert parse_edit(text) == edit


@pytest.mark.parametrize(
    "text", ["", "李四", "李四.age=40", "李四.name+=x", "李四.role=boss", "李四.name=", "merge:李四"]
)
def test_an_edit_that_is_none_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_edit(text)
    assert "\n" not in str(caught.value)


@given(edits)
def test_edits_survive_json(edit: Edit) -> None:
    assert edit_from_dict(json.loads(json.dumps(edit_to_dict(edit)))) == edit


@pytest.mark.parametrize("record", [{}, {"edit": "set"}, {"edit": "other", "speaker": "x"}])
def test_a_record_that_is_no_edit_is_refused(record: dict[str, str]) -> None:
    with pytest.raises(InputError, match="no edit"):
        edit_from_dict(record)


def test_rename_moves_the_turns_and_keeps_the_label_as_alias() -> None:
    changed = edit_register(panel(), ["发言人3.name=李四", "发言人3.role=moderator"])
    speaker = changed.speaker("李四")
    assert (speaker.role, speaker.aliases) == ("moderator", ("发言人3",))
    assert [turn.index for turn in changed.turns if turn.speaker == "李四"] == [2, 6]
    assert {(e.field, e.source) for e in speaker.evidence} == {
        ("name", "edited"),
        ("aliases", "edited"),
        ("role", "edited"),
    }


def test_merge_joins_turns_facts_and_names() -> None:
    changed = edit_register(panel(), ["发言人1.title=理事", "merge:发言人2=发言人1"])
    speaker = changed.speaker("发言人1")
    assert (speaker.organization, speaker.title, speaker.aliases) == ("江苏银行", "理事", ("发言人2",))
    assert [speaker.name for speaker in changed.speakers] == ["发言人1", "发言人3", "Ana Ruiz"]
    assert [turn.index for turn in changed.turns if turn.speaker == "发言人1"] == [0, 1, 4, 5, 8]
    assert panel().speaker("发言人2").evidence[0] in speaker.evidence


def test_an_edited_fact_replaces_the_evidence_of_the_former() -> None:
    speaker = edit_register(panel(), ["发言人2.organization=微众信科"]).speaker("发言人2")
    assert speaker.evidence == (Evidence(field="organization", source="edited", text="发言人2.organization=微众信科"),)


def test_the_unknown_speaker_is_named_with_the_known_ones() -> None:
    with pytest.raises(NotFoundError, match=r"'赵六'.*panel.*发言人1, 发言人2, 发言人3, Ana Ruiz"):
        edit_register(panel(), ["赵六.title=理事"])


def test_a_name_is_not_given_twice() -> None:
    with pytest.raises(InputError, match="merge:发言人1=发言人2"):
        edit_register(panel(), ["发言人1.name=发言人2"])


def test_speakers_are_found_by_alias_whatever_the_case_but_not_by_a_shared_one() -> None:
    changed = edit_register(panel(), ["发言人1.aliases=老李", "发言人2.aliases=老李", "Ana Ruiz.aliases=Ana"])
    assert find_speaker(changed, "ＡＮＡ").name == "Ana Ruiz"
    with pytest.raises(InputError, match="发言人1 or 发言人2"):
        find_speaker(changed, "老李")


@given(st.lists(edits, max_size=6))
def test_edits_never_change_text_or_index_and_every_turn_has_its_speaker(made: list[Edit]) -> None:
    before, changed = panel(), apply_edits(panel(), made)
    assert [(turn.index, turn.text) for turn in changed.turns] == [(turn.index, turn.text) for turn in before.turns]
    names = [speaker.name for speaker in changed.speakers]
    assert len(set(names)) == len(names)
    assert {turn.speaker for turn in changed.turns} == set(names)


@given(st.lists(edits, max_size=6))
def test_turns_of_one_label_stay_together(made: list[Edit]) -> None:
    changed = apply_edits(panel(), made)
    for label in LABELS:
        speakers = {changed.turns[turn.index].speaker for turn in panel().turns if turn.speaker == label}
        assert len(speakers) == 1


@given(st.lists(edits, max_size=6))
def test_replaying_edits_gives_what_editing_gave(made: list[Edit]) -> None:
    done, changed = [], panel()
    for edit in made:
        try:
            changed = edit_register(changed, [edit])
        except PanelbotError:
            continue
        done.append(edit_from_dict(edit_to_dict(edit)))
    assert apply_edits(panel(), done) == changed


def test_replay_passes_over_a_speaker_who_is_gone() -> None:
    replayed = apply_edits(panel(), [parse_edit("发言人9.name=赵六"), parse_edit("发言人1.name=李四")])
    assert [speaker.name for speaker in replayed.speakers] == ["李四", "发言人2", "发言人3", "Ana Ruiz"]
