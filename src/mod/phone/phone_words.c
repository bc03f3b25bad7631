/* phone_words.c – every text that the door's scripts may show, by the name under which they ask for it. {0} and {1}
 * are filled by the script with numbers, times and names, so no sentence hangs on their case. */
#include "mod/phone/phone_pages.h"

static const struct {
	const char *key, *text; /* text: msgid */
} words[] = {
	{ "ready", N_("Next, please") },
	{ "ready_camera", N_("Hold the code before the camera, or type the code or the name.") },
	{ "ready_type", N_("Type the code or the name, or switch the camera on.") },
	{ "ok_in", N_("Come in") },
	{ "ok_out", N_("Goodbye") },
	{ "wait", N_("Not checked yet") },
	{ "wait_why", N_("Let them in: there is no network now, it will be checked later.") },
	{ "wait_queue", N_("In the queue: {0}") },
	{ "no_invalid", N_("Not our ticket") },
	{ "invalid_why",
	    N_("The code was not made by this house, or part of it is missing. Search by name.") },
	{ "no_revoked", N_("Taken back") },
	{ "revoked_why", N_("This ticket is no longer valid.") },
	{ "no_waiting", N_("Waiting list") },
	{ "waiting_why", N_("There is no place on this ticket yet.") },
	{ "no_cancelled", N_("Cancelled") },
	{ "cancelled_why", N_("This event does not take place.") },
	{ "no_already_in", N_("Already in") },
	{ "already_in_why", N_("Somebody came in with this ticket before.") },
	{ "already_in_at", N_("Came in at {0}") },
	{ "no_not_in", N_("Was not in") },
	{ "not_in_why", N_("There is no entry on this ticket.") },
	{ "no_wrong_event", N_("Another event") },
	{ "wrong_event_why", N_("This ticket is for another event.") },
	{ "no_wrong_day", N_("Another day") },
	{ "wrong_day_why", N_("Today is none of this event’s days. Check the telephone’s date.") },
	{ "no_conflict", N_("Two versions") },
	{ "conflict_why",
	    N_("The server knows this scan otherwise. A colleague decides on the event’s page.") },
	{ "net_on", N_("Connected to the server.") },
	{ "net_off", N_("No network: working with the list of {0}.") },
	{ "net_off_empty", N_("No network and no list on this telephone yet.") },
	{ "net_queue", N_("Not sent: {0}.") },
	{ "net_sign_in", N_("Sign in again: scans are kept here until then.") },
	{ "net_trouble", N_("The server answers with an error ({0}).") },
	{ "net_kept", N_("Scans are kept and sent again.") },
	{ "net_over", N_("The event is over: its list is wiped from this telephone.") },
	{ "found", N_("Found by “{0}”") },
	{ "none_found", N_("Nobody on the list is called “{0}”") },
	{ "let_in", N_("Let in") },
	{ "let_out", N_("Let out") },
	{ "is_in", N_("in since {0}") },
	{ "is_queued", N_("not sent") },
	{ "is_checked", N_("checked") },
	{ "is_undone", N_("undone") },
	{ "way_in", N_("Entry") },
	{ "way_out", N_("Exit") },
	{ "via_frames", N_("from telephone {0}, by pictures") },
	{ "via_file", N_("from telephone {0}, by file") },
	{ "a_ticket", N_("A ticket") },
	{ "guest", N_("A guest who is not on the list") },
	{ "undo", N_("Undo this scan") },
	{ "undone", N_("Undone") },
	{ "nothing_to_undo", N_("There is nothing to undo on this telephone.") },
	{ "no_camera", N_("No camera") },
	{ "no_camera_why",
	    N_("The camera was not allowed or is not there. Codes and names can be typed.") },
	{ "frame", N_("Picture {0} of {1}") },
	{ "frame_on", N_("Keep the camera on the other screen.") },
	{ "frames_of", N_("Scans in these pictures: {0}") },
	{ "not_a_set", N_("These are no scans of this event.") },
	{ "taken_over", N_("Taken over: {0}") },
	{ "taken_over_why", N_("Known before: {0}") },
	{ "wipe_sure", N_("The list and all scans of this event leave this telephone. What was "
			  "sent stays on the server.") },
	{ "wipe_not", N_("Not sent yet: {0}. Connect to the network, or save them as a file first; "
			 "then the list can be "
			 "wiped.") },
};

void
phone_words(struct view *v)
{
	size_t i;

	html(&v->h, "<dl id='words' hidden>");
	for (i = 0; i < ARRAY_LEN(words); i++)
		html(&v->h, "<div><dt translate='no'>%s</dt><dd>%s</dd></div>", words[i].key,
		    tr(v->cx, words[i].text));
	html(&v->h, "</dl>");
}
