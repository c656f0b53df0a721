"""The register finds who is on the sample panels from what the files themselves say."""

from __future__ import annotations

from pathlib import Path

import pytest

from panelbot.readers import read_file
from panelbot.register import build_register

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
FACTS = [
    ("banking-after-the-epidemic.txt", "贺知微", "砚池财讯", "moderator"),
    ("banking-after-the-epidemic.txt", "裴仲宁", "霁川银行", "panelist"),
    ("banking-after-the-epidemic.txt", "卢漪澄", "霁川省律师协会", "panelist"),
    ("banking-after-the-epidemic.txt", "滕一川", "弦隅科技", "panelist"),
    ("banking-after-the-epidemic.txt", "邬静言", "望津大学银行监管研究所", "panelist"),
    ("county-canteen.txt", "姜若楠", "芦汀县融媒体中心", "moderator"),
    ("county-canteen.txt", "司徒维安", "芦汀县人民医院", "panelist"),
    ("county-canteen.txt", "祝海棠", "芦汀县中医院", "panelist"),
    ("county-canteen.txt", "仇明达", "芦汀县民政局", "panelist"),
    ("county-canteen.txt", "晏小川", "邻里灶餐饮", "panelist"),
    ("county-canteen.txt", "俞桂枝", "", "audience"),
    ("harbour-wind-farm.vtt", "Imogen Tarrowby", "Saltmarsh Courier", "moderator"),
    ("harbour-wind-farm.vtt", "Callum Brankside", "Northreach Tidewind", "panelist"),
    ("harbour-wind-farm.vtt", "Petra Lindqvale", "Skerrowmouth Harbour Trust", "panelist"),
    ("harbour-wind-farm.vtt", "Odalys Fenwright", "Gannet Point Laboratory", "panelist"),
    ("harbour-wind-farm.vtt", "Joss Pellinger", "Skerrowmouth Fishermen's Association", "panelist"),
    ("libraries-and-machines.json", "Dorothea Plimsworth", "Ledger and Lamp", "moderator"),
    ("libraries-and-machines.json", "Hattie Ormsbridge", "", "audience"),
]


@pytest.mark.parametrize(("file", "name", "organization", "role"), FACTS)
def test_organization_and_role(file: str, name: str, organization: str, role: str) -> None:
    (reading,) = read_file(CORPUS / file)
    speaker = build_register(reading).speaker(name)
    assert organization in speaker.organization if organization else speaker.organization == ""
    assert speaker.role == role
