"""Rules: what must not post as told, what needs another person, and what deserves a warning. No database, no clock."""

from assistant.rules.book.book import RuleBook
from assistant.rules.finding import Finding, Request, RuleBookFault, RuleBroken, Severity
from assistant.rules.judge import alarms, objections, remarks
from assistant.rules.policy import Override, Policy
from assistant.rules.rule import Rule, Stage
from assistant.rules.sweep.plant_view import Habit, PlantView

__all__ = [
    "Finding",
    "Habit",
    "Override",
    "PlantView",
    "Policy",
    "Request",
    "Rule",
    "RuleBook",
    "RuleBookFault",
    "RuleBroken",
    "Severity",
    "Stage",
    "alarms",
    "objections",
    "remarks",
]
