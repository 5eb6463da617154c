"""What the Slack channel itself says, where the assistant has no part in it."""

from typing import Final

UNKNOWN: Final = (
    "I do not know who you are in this plant, so nothing was posted. Ask a supervisor to put your Slack id {user} into "
    "people.csv, or for a code (`/floor code` and your name), and send it to me here as: code ABCD2345"
)
JOINED: Final = "Welcome, {name}. Now tell me what you did; say help for examples."
NOT_JOINED: Final = "That code is not valid (any more). Ask a supervisor for a new one."
PICTURE_ONLY: Final = "A file alone is no report. Send it together with what it is about, and I keep it with the entry."
CHANGED: Final = (
    "This message reports nothing any more, but what it posted stays in the books (entry {entries}). Take it back?"
)
DELETED: Final = "You deleted this message, but what it posted stays in the books (entry {entries}). Take it back?"
NOT_UNDERSTOOD: Final = "I see no report and no question in that. Say help for examples."
CLOSED: Final = "That question is closed: it was answered, has expired, or was somebody else's. Nothing changed."
CARED: Final = "Warning {number} was taken care of already. Nothing changed."
TAKEN_CARE: Final = "Taken care of by {name}, {when}."
OVER: Final = "Over since {when}."
SEEN: Final = "Seen {times} times, last {when}."
SNOOZED: Final = "Snoozed by {name} until {until}."
ANSWERED: Final = "Answered by {name}, {when}."
TAKEN_BACK: Final = "Taken back by {name}, {when}."
DECIDED: Final = "{status} by {name}, {when}. {note}"
EXPIRED: Final = "It expired; nobody decided."
FAILED: Final = "Something went wrong on our side with “{said}”. Look at what is posted before you send it again."
DECIDERS_ONLY: Final = "Only a supervisor or QA can do that."
NO_REQUESTS: Final = "No request is open."
NO_PLACE: Final = "There is no place called {place}."
COUNT: Final = "{name} asks for a count {place}. Please count and write here what is there of: {lots}."
COUNT_EMPTY: Final = "{name} asks for a count of {place}. Please write here what you find, also if it is nothing."
COUNT_ASKED: Final = "The floor is asked to count {place}."
NO_FLOOR: Final = "No floor channel is set, so nobody could be asked (FLOOR_SLACK_CHANNELS)."
CODE: Final = (
    "The code for {name} is {code}. It works once, within 24 hours: they send me a direct message “code {code}”."
)
NO_PERSON: Final = "There is no {name} on this plant's list of people."
FIGURES: Final = (
    "Today: {entries} entries by {people} people, {requests} open approvals, {warnings} open warnings.\n{done}."
)
NOTHING_YET: Final = "Nothing reported yet"
UNDONE: Final = "taken back"

RECALL_BEGUN: Final = "Recall {number} of {lot} has begun; the supervisors' channel has its card and its workbooks."
HELD: Final = "{lots} lots put on hold by {name}, {when}."
FINISHED: Final = "Finished by {name}, {when}: {percent} % found in {minutes} minutes."
COMMAND: Final = "{name}: /{command} {text}"
