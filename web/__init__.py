"""Lets people and programs in: pages, the REST API, and the security around both."""
