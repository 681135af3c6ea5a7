"""Agencies: areas, organisations, teams, practitioners and who supervises whom."""
