"""The tables of governance: bodies, mandates and rules; acts, their texts and opinions; sessions and votes."""

from aumenta.governance.models.acts import Act, ActText, Condition, Hearing, Opinion, Step
from aumenta.governance.models.annexes import Annex
from aumenta.governance.models.bodies import Body, BodyRule, BodySecretary, Holder, Mandate, MunicipalOffice
from aumenta.governance.models.duties import DutyMail, OwnDuty
from aumenta.governance.models.instruments import Instrument, InstrumentItem, InstrumentVersion, Tie, TieProposal
from aumenta.governance.models.votes import Attendance, Ballot, Session, Vote, VoteCorrection

__all__ = [
    "Act",
    "ActText",
    "Annex",
    "Attendance",
    "Ballot",
    "Body",
    "BodyRule",
    "BodySecretary",
    "Condition",
    "DutyMail",
    "Hearing",
    "Holder",
    "Instrument",
    "InstrumentItem",
    "InstrumentVersion",
    "Mandate",
    "MunicipalOffice",
    "Opinion",
    "OwnDuty",
    "Session",
    "Step",
    "Tie",
    "TieProposal",
    "Vote",
    "VoteCorrection",
]
