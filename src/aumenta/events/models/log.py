"""The log of the tables, append-only, and what is derived from it.

`TableOperation` is the truth. The other tables here are derived by `project_log` and can be thrown away and made
again at any time; a test does so and compares.
"""

from collections.abc import Iterator
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from aumenta.core.tablelog.operation import Operation
from aumenta.events.models.venue import Table, TableDevice


class TableOperations(models.QuerySet["TableOperation"]):
    """The log, read as what it says."""

    def counted(self) -> Self:
        """Without what came from a device whose entries the regia left out."""
        return self.exclude(sent_by__left_out=True)

    def as_operations(self) -> Iterator[tuple[int, int, Operation]]:
        """Key, table's key and operation of each row. Model instances take twice the time, and there are thousands."""
        columns = ("verb", "what", "key", "value", "over", "at", "reason")
        rows = self.values_list("pk", "table_id", "public_id", "table__public_id", "device", "clock", *columns)
        for pk, table_key, public_id, table, device, clock, verb, what, key, value, over, at, reason in rows:
            yield (
                pk,
                table_key,
                Operation(
                    str(public_id), str(table), str(device), clock, verb, what, key, value, tuple(over), at, reason
                ),
            )


class TableOperation(models.Model):
    """One operation, as it came. Its primary key is the order of arrival; `public_id` lets it in once and no more."""

    public_id = models.UUIDField(unique=True, editable=False)
    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="operations", verbose_name=_("table"))
    # Whose secret brought it, whatever it says of itself in `device`. Empty: from a file, or a participant's phone.
    sent_by = models.ForeignKey(
        TableDevice, on_delete=models.SET_NULL, null=True, related_name="operations", verbose_name=_("sent by")
    )
    device = models.UUIDField(editable=False)
    clock = models.PositiveBigIntegerField()
    verb = models.CharField(max_length=3)
    what = models.CharField(max_length=10)
    key = models.CharField(max_length=81, blank=True)
    value = models.JSONField(null=True)
    over = models.JSONField(default=list)
    at = models.PositiveBigIntegerField(default=0)
    reason = models.CharField(max_length=500, blank=True)
    received_at = models.DateTimeField(auto_now_add=True)

    objects = TableOperations.as_manager()

    class Meta:
        verbose_name = _("operation of a table")
        verbose_name_plural = _("operations of tables")
        ordering: ClassVar[list[str]] = ["pk"]
        indexes = [
            models.Index(fields=["table", "id"], name="operation_by_table"),
            models.Index(fields=["table", "what", "key"], name="operation_by_register"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(verb__in=["set", "add"]), name="operation_verb_known"),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.key}"


class TableSummary(models.Model):
    """A table's people, as last derived."""

    table = models.OneToOneField(Table, on_delete=models.CASCADE, primary_key=True, related_name="summary")
    checked_in = models.PositiveIntegerField(default=0)
    headcount = models.PositiveIntegerField(null=True)
    operations = models.PositiveIntegerField(default=0)
    last_operation_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("summary of a table")
        verbose_name_plural = _("summaries of tables")

    def __str__(self) -> str:
        return str(self.table_id)

    @property
    def present(self) -> int:
        return self.checked_in if self.headcount is None else self.headcount


class StickerCount(models.Model):
    """The stickers of one strategy at one table: of a table, never of a person. Of `count`, `by_phone` from phones."""

    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="sticker_counts")
    session_code = models.CharField(max_length=40)
    strategy_code = models.CharField(max_length=40)
    count = models.PositiveIntegerField()
    by_phone = models.PositiveIntegerField(default=0)
    others = models.JSONField(default=list)

    class Meta:
        verbose_name = _("stickers of a strategy at a table")
        verbose_name_plural = _("stickers of strategies at tables")
        constraints = [
            models.UniqueConstraint(
                fields=["table", "session_code", "strategy_code"], name="sticker_count_once_for_each_strategy"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.strategy_code}: {self.count}"


class Choice(models.Model):
    """The strategies a table took into the next session, and why."""

    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="choices")
    session_code = models.CharField(max_length=40)
    strategies = models.JSONField(default=list)
    reason = models.CharField(max_length=500, blank=True)
    disputed = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("choice of a table")
        verbose_name_plural = _("choices of tables")
        constraints = [
            models.UniqueConstraint(fields=["table", "session_code"], name="choice_once_for_each_session"),
        ]

    def __str__(self) -> str:
        return ", ".join(self.strategies)


class Observation(models.Model):
    """One thing said at a table, as it stands now. `public_id` was made on the device and is the table's own."""

    public_id = models.UUIDField(editable=False)
    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="observations")
    text = models.CharField(_("text"), max_length=2000)
    strategy_code = models.CharField(max_length=40, blank=True)
    question_code = models.CharField(max_length=40, blank=True)
    private = models.BooleanField(_("not to be published"), default=False)
    withdrawn = models.BooleanField(_("withdrawn"), default=False)
    other_texts = models.JSONField(default=list)
    versions = models.PositiveIntegerField(default=1)
    # Keys of the first and of the latest operation about it: the order of arrival, and what is new for a reader.
    arrival = models.PositiveBigIntegerField()
    revision = models.PositiveBigIntegerField(default=0)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        ordering: ClassVar[list[str]] = ["arrival"]
        indexes = [
            models.Index(fields=["table", "arrival"], name="observation_by_table"),
            models.Index(fields=["revision"], name="observation_by_revision"),
        ]
        constraints = [
            # One table's device cannot reach another table's observation, whatever identifier it sends.
            models.UniqueConstraint(fields=["table", "public_id"], name="observation_once_at_a_table"),
        ]

    def __str__(self) -> str:
        return self.text


class Photo(models.Model):
    """A photo of a table's poster. It is announced in the log and its file may follow hours later."""

    public_id = models.UUIDField(editable=False)
    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="photos")
    sha256 = models.CharField(max_length=64)
    caption = models.CharField(_("caption"), max_length=500, blank=True)
    removed = models.BooleanField(default=False)
    file = models.FileField(upload_to="tables/", blank=True)

    class Meta:
        verbose_name = _("photo of a poster")
        verbose_name_plural = _("photos of posters")
        constraints = [
            models.UniqueConstraint(fields=["table", "public_id"], name="photo_once_at_a_table"),
        ]

    def __str__(self) -> str:
        return self.caption or str(self.public_id)


class PhotoPiece(models.Model):
    """Part of a photo that comes slowly; gone as soon as the photo is whole."""

    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="pieces")
    start = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        verbose_name = _("piece of a photo")
        verbose_name_plural = _("pieces of photos")
        constraints = [
            models.UniqueConstraint(fields=["photo", "start"], name="photo_piece_once_from_a_place"),
        ]

    def __str__(self) -> str:
        return f"{self.photo_id}: {self.start}"
