"""Where a fact on a patent comes from, and as of when. Unknown is never a pass.

`facts_for(patent, now)` asks the sources named in settings.KAIXU_REGISTER_SOURCES, then the extracts an officer
confirmed, then what the platform itself knows to lie on the patent. Bad news from anywhere outweighs good news.
"""

from patents.registers.facts import Fact, RegisterSource, facts_for, override

__all__ = ["Fact", "RegisterSource", "facts_for", "override"]
