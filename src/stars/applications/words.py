"""What happened to an application, in words: on the timeline and as the subject of the e-mail about it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stars.applications.enums import Action, Happening

EVENTS: dict[str, Promise] = {
    Action.SUBMIT: _("You submitted the application"),
    Action.CONFIRM: _("The application is confirmed: you meet the conditions"),
    Action.REFUSE: _("The application is refused"),
    Action.RETURN: _("The application is returned to you for correction"),
    Action.CORRECT: _("You corrected the application and sent it again"),
    Action.LAPSE: _("The application was not corrected in time and is refused"),
    Action.REOPEN: _("The application is examined again"),
    Action.WAIT: _("The institution put the application on the waiting list"),
    Action.JOIN: _("You joined the waiting list"),
    Action.ADMIT: _("You are admitted"),
    Action.ACCEPT: _("You accepted the place and are admitted"),
    Action.NOT_ADMIT: _("You are not admitted"),
    Action.REGROUP: _("You may choose another group"),
    Action.COMPLETE: _("You completed the programme"),
    Action.EXPEL: _("You were expelled from learning"),
    Action.END: _("Learning ended because the group was cancelled"),
    Action.WITHDRAW: _("You withdrew the application"),
    Action.LEAVE: _("You gave up the application"),
    Action.LEAVE_WAITING: _("You gave up your place on the waiting list"),
    Action.LEAVE_ADMISSION: _("You gave up the place to which you were admitted"),
    Action.LEAVE_LEARNING: _("You interrupted learning"),
    Happening.MONEY_SHORT: _("The application waits: the money does not suffice at the moment"),
    Happening.OFFERED: _("A place is offered to you"),
    Happening.DECLINED: _("You declined the offered place"),
    Happening.OFFER_LAPSED: _("The offered place was not accepted in time"),
    Happening.PLACE_TAKEN: _("You joined the waiting list of one more group"),
    Happening.PLACE_GIVEN_UP: _("Your place on the waiting list of one group has ended"),
}
