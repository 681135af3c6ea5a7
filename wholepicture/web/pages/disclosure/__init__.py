"""What leaves the record: the ledger of shares and refusals, requests, and sending something to somebody."""
