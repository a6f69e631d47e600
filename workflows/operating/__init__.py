"""The domain's part in operating processes: who may, what is put on record, and which data stay hidden."""
