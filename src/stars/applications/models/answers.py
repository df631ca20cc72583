"""What is filled into the form."""

from django.db import models

from stars.applications.models.application import Application


class StepAnswers(models.Model):
    """What was filled into one step of the form, as the person left it, even unfinished."""

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="answers", db_index=False
    )
    step = models.CharField(max_length=20)
    data = models.JSONField()
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        """One row for each step."""

        constraints = [
            models.UniqueConstraint(fields=["application", "step"], name="step_answers_one_per_step")
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.step}"
