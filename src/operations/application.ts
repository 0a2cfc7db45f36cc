/** The first word of every `application_name` of ours: by it, what a dead run left can be found and ended. */
export const APPLICATION = "openspp-backup";
