"""The agency's approval queue."""

from django.db.models import Q, QuerySet

from stars.catalogue.enums import ApprovalOutcome, GroupStatus
from stars.catalogue.models import ApprovalRequest


def approval_queue() -> QuerySet[ApprovalRequest]:
    """What waits for approval, oldest first; cancelled groups are nobody's work any more."""
    return (
        ApprovalRequest.objects.filter(outcome=ApprovalOutcome.WAITING)
        .exclude(group__status=GroupStatus.CANCELLED)
        .select_related(
            "programme__institution", "programme__kind", "programme__field", "group__municipality"
        )
        .order_by("sent_at", "pk")
    )


def approval_request(request_id: int) -> ApprovalRequest | None:
    """One request, waiting or settled, with all that its page names."""
    found = ApprovalRequest.objects.filter(pk=request_id).select_related(
        "programme__institution",
        "programme__kind",
        "programme__field",
        "programme__qualification",
        "group__municipality",
    )
    return found.first()


def neighbours(request: ApprovalRequest) -> tuple[ApprovalRequest | None, ApprovalRequest | None]:
    """The waiting requests before and after this one."""
    queue = approval_queue()
    before = queue.filter(Q(sent_at__lt=request.sent_at) | Q(sent_at=request.sent_at, pk__lt=request.pk))
    after = queue.filter(Q(sent_at__gt=request.sent_at) | Q(sent_at=request.sent_at, pk__gt=request.pk))
    return before.reverse().first(), after.first()


def filtered(*, kas: str = "", q: str = "") -> QuerySet[ApprovalRequest]:
    """The queue by what waits ("programma", "grupa", "izmainas") and by words in the institution's or programme's name."""
    queue = approval_queue()
    if q:
        queue = queue.filter(Q(programme__title__icontains=q) | Q(programme__institution__name__icontains=q))
    if kas == "izmainas":
        return queue.exclude(values={})
    return queue.filter(values={}, group__isnull=kas == "programma") if kas else queue
