"""The sidebar, the list of meetings, and searching them."""
