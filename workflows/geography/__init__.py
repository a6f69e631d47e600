"""The administrative divisions of Henan: province, cities, counties and townships, in administrative-code order."""
