"""What happens at a table, as a log of operations that merges without loss.

Every device at a table writes *operations*: small records that are only ever added, each with an identifier made on
the device. A device works alone for as long as it must and hands its operations over whenever a network appears; the
centre keeps each of them once, in whatever order they come. What the table "says" now is a pure function of the SET
of operations, so that every device and the centre agree as soon as they hold the same set.

`operation` reads and checks one record, `register` reduces the records about one thing, `state` reduces a whole
table, `control` holds the totals and the choice of strategies, `replica` is the device's side of the exchange, and
`encrypted_export` opens the encrypted file a table exports when the network never came back.

The same rules run in the browser (`frontend/js/console/tablelog.js`); the vectors in `tests/core/tablelog_vectors.json`
go through both. The reasons are in `docs/decisions/0006-event-sync.md`.
"""
