"""Whatever the register and the question hold, understanding them does not fail."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from panelbot.types import Exchange, Speaker
from panelbot.understand import understand

_WORDS = st.sampled_from(
    "what did the bank say about 他 她 谁 银行 那 呢 怎么看 ? ？ , ， and who it 和 Smith 沈总 律师 's ’s ( ] "
    "\\ .* ﬁ İ ß 第二 why others 其他 ½ according to".split()
)
_TEXT = st.one_of(
    st.text(max_size=20), st.lists(_WORDS, max_size=10).map(" ".join), st.lists(_WORDS, max_size=8).map("".join)
)
_NAME = st.one_of(
    st.text(max_size=8),
    st.sampled_from(["The", "Dr.", "Speaker", "发言人2", "O'", "Grad B", "沈志峰", "(x)", "The Chair (A B)"]),
)
_SPEAKER = st.builds(
    Speaker, name=_NAME, organization=_NAME, title=_NAME, aliases=st.lists(_NAME, max_size=2).map(tuple)
)


@settings(max_examples=150, deadline=None)
@given(question=_TEXT, earlier=_TEXT, answer=_TEXT, speakers=st.lists(_SPEAKER, max_size=4))
def test_any_question_of_any_register(question: str, earlier: str, answer: str, speakers: list[Speaker]) -> None:
    registers = {"t": tuple(speakers)}
    found = understand(question, [Exchange(query=earlier, answer=answer)], registers)
    assert all(found.text[ref.start : ref.end] == ref.text for ref in found.references)
    known = {("t", speaker.name) for speaker in speakers}
    assert {(ref.transcript_id, ref.name) for ref in (*found.speakers, *found.candidates)} <= known
    assert found == understand(question, [Exchange(query=earlier, answer=answer)], registers)
