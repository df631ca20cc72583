"""What the state registers said about an application."""

from django.db import models
from django.db.models import Q

from stars.applications.enums import Answer, Register
from stars.applications.models.application import Application


class RegisterAnswer(models.Model):
    """One register's answer (reģistra atbilde): nothing but yes, no, not known, no answer."""

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="register_answers", db_index=False
    )
    register = models.CharField(max_length=12, choices=Register.choices)
    answer = models.CharField(max_length=10, choices=Answer.choices, default=Answer.PENDING)
    asked_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        """Each register once; the latest answer stands."""

        indexes = [models.Index(fields=["answer", "application"], name="register_said")]
        constraints = [
            models.UniqueConstraint(fields=["application", "register"], name="register_asked_once"),
            models.CheckConstraint(condition=Q(answer__in=Answer.values), name="register_answer_known"),
            models.CheckConstraint(condition=Q(register__in=Register.values), name="register_known"),
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.answer}"
