"""Chronology bundles: one family's history as a folder of CSV files, read whole and checked before anything is kept.

`reader` turns files into a `Bundle`, `writer` turns one back into files, `comparing` says what is new against rows
already stored. Nothing here touches a database.
"""
