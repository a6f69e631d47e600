"""Campaigns (回头看行动): their dates, phases, sectors and the content areas from which their hazards come."""
