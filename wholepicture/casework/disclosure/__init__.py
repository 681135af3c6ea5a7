"""What leaves the record: each share and refusal on a ledger, and documents that know whom they are for (R24)."""
