### The list of a day's appointments, for the staff: paper, spreadsheets and terminal.

sheet-title = Daily Appointment List
sheet-appointments = Appointments
sheet-about = About

sheet-branch = Office
sheet-date = Date
sheet-here = Present
sheet-time = Time
sheet-queue = Queue no.
sheet-name = Name
sheet-reference = Reference no.
sheet-service = Service
sheet-service-code = Service code
sheet-standing = Status
sheet-note = Note

# $standing (String): booked, arrived, late, no_show or cancelled.
staff-standing =
    { $standing ->
        [arrived] Arrived
        [late] Arrived late
        [no_show] Did not come
        [cancelled] Cancelled
       *[booked] Booked
    }

sheet-counts = Number of customers by time and service
sheet-total = Total
sheet-empty = There are no appointments on this date.

# $page (String): number of the page.
# $pages (String): how many there are.
sheet-page = Page { $page } of { $pages }

# $date (String): a long date.
# $time (String): time of day.
sheet-made = Made on { $date }, { $time }

sheet-confidential = For officers only. This list contains personal data; please dispose of it securely after use.
sheet-sample = Sample data: the details of the office in this list are not official.
