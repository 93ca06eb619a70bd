"""The REST interface under `/api/v1/`: what everybody may read, as JSON, after the Italian rules for public APIs.

It only reads. `shapes` says which fields go out and what they mean: what no shape names stays inside. Each module of a
subject (`plan`, `territory`, `events`, `governance`, `monitoring`) has its operations; `entry` is what every request
passes, `answers` writes lists and single things, `service` puts everything together.
"""
