"""Hard stops: who may never see a child's record, set by whoever leads, and by anybody upon themselves."""
