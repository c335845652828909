"""The health of the outlets: what a run gave for each, held against its own past, and what that means.

`traffic` counts while the run lasts; `reading` fetches figures and past from the archive; `doors`, `extraction` and
`days` judge one aspect each, `judging` puts them together; `storing` keeps the verdicts, `changes` and `alerts` tell
those that changed. `coverage` says how much of what the sites listed is archived.
"""
