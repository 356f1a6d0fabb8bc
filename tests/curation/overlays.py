"""Files of a user that lie over the shipped base."""

REFERENCE = "{kind: article, title: Not used anywhere, year: 2020}"
LOW_COST = "techniques: {nmr: {cost: {tier: low, says: We own one.}}}\n"


def blind(kb, ratings=None, **target):
    """An overlay with a new target, rated by some techniques and unseen by the others."""
    lines = ["targets:", "  magic: {name: magic, definition: What nobody sees.}", "techniques:"]
    for key in kb.techniques:
        rating = (ratings or {}).get(key)
        sight = f"information: {{magic: {{rating: {rating}, sees: A trace of magic in {key}.}}}}"
        lines.append(f"  {key}: {{{sight if rating else 'blind_to: {magic: Not seen.}'}}}")
    return "\n".join(lines) + "\n"


def dowsing(kb, tier="very-high", rating=1, standing=0, facility="neutron-source"):
    """An overlay with a technique that costs this much, sees this well and needs this."""
    rated = "".join(f"      {key}: {{rating: {rating}, sees: A trace of {key}.}}\n" for key in kb.targets)
    roles = "".join(
        f"      {key}: {{standing: {standing}, role: Tried on {key}.}}\n"
        for key in ("intercalation", "alloy", "conversion")
    )
    ions = "".join(f"      {key}: {{standing: {standing}, why: Tried with {key}.}}\n" for key in ("Li", "Na", "K"))
    return f"""\
techniques:
  dowsing:
    name: Dowsing
    short: Dowsing
    what: A rod is held over the cell.
    information:
{rated}    variants:
      rod: {{name: rod, facilities: [{facility}]}}
    roles:
{roles}    ions:
{ions}    cost: {{tier: {tier}, says: The rod.}}
    preparation: {{tier: {tier}, says: The hand.}}
"""
