"""Signing in: passwords, passkeys, authenticator apps and identity providers, each ending in a session of ours.

The only home of allauth (ADR 0030). Its tables, and this package's, are reached by the role wp_sign_in alone.
"""
