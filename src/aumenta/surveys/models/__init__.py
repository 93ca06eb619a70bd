"""Questionnaires with their versions, invitations, and replies."""

from aumenta.surveys.models.questionnaire import Questionnaire, QuestionnaireVersion
from aumenta.surveys.models.reply import Invitation, Reply

__all__ = ["Invitation", "Questionnaire", "QuestionnaireVersion", "Reply"]
