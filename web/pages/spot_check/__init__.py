"""The spot-check desk: rounds, the public draw, teams, itineraries, and what anybody may open without signing in."""

from web.pages.spot_check import acts, draw, itinerary, plan, public, rounds, sample, teams
from web.pages.spot_check.blueprint import pages
from web.pages.spot_check.wording import facts_in_words, region_name, stratum_in_words

for words in (facts_in_words, region_name, stratum_in_words):
    pages.add_app_template_global(words)
pages.add_app_template_filter(region_name)

__all__ = ["acts", "draw", "itinerary", "pages", "plan", "public", "rounds", "sample", "teams"]
