"""Judging again what is stored, after the rules have changed: said first, then done, in small transactions."""

from crawler.rejudge.relevance import Change, Done, Plan, Refetch, apply, plan
from crawler.rejudge.rules import Rules

__all__ = ["Change", "Done", "Plan", "Refetch", "Rules", "apply", "plan"]
