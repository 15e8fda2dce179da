"""What repeats on a page of results, written by `web/portal/written.py` instead of by a template."""

from django import template

from doorleren.web.portal import written

register = template.Library()
register.simple_tag(written.ticks)
register.simple_tag(written.trainings)
