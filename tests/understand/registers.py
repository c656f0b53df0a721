"""Registers the tests of references and follow-ups are asked against; the people are invented, but for the first."""

from __future__ import annotations

from panelbot.types import Speaker

ROUNDTABLE = (
    Speaker(name="柏亮", organization="零壹财经·零壹智库", title="创始人", role="moderator"),
    Speaker(name="肖飒", organization="中国银行法学会", title="理事", role="panelist"),
    Speaker(name="沈志峰", organization="江苏银行", title="运营部总经理", role="panelist"),
    Speaker(name="胡伟", organization="小米金融", title="董事长助理、金融机构部总经理", role="panelist"),
    Speaker(name="吴万港", organization="微众信科", title="CTO", role="panelist"),
)
