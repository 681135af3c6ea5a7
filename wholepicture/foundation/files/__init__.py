"""Files made anew: what came in is decoded in a locked child process, and only what is written from it goes on.

No Django and no database: bytes in, bytes out, or a refusal that says what the file is and what to do instead.
"""
