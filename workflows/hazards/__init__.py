"""Hazards (隐患): the record that a campaign is about, from registration to closure, and the ledger they make up."""
