//! What is said once, until the next key, of what is not the reader's.

/// A word to the user that stands in the footer until the next key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// Suspending would be for good: nobody could continue the program.
    NoJobControl,
    /// A file is read, and no account is known to open a ticket with.
    NoTicketsHere,
    /// The entry at which the line dropped is not there any more.
    EntryGone,
    /// The entry at which the line dropped was not found within what may be read for it.
    EntryNotReached,
    /// It was opened with the preset of the last time, or of the ticket before.
    OpenedWithPreset,
    /// The zone of the settings is universal time.
    UniversalAlready,
    /// The preset of the last time is in no configuration any more.
    PresetUnknown,
    /// The file that was open is another one now.
    FileReplaced,
    /// The server refuses what following asks for.
    FollowingEnded,
    /// Aliases have no numbers, because the log could not be read: [`Model::numbers`](super::Model::numbers) knows why.
    NoNumbers,
    /// What became of what was to be copied or written: [`Model::taking`](super::Model::taking) knows.
    Taken,
    /// The key that quits came in the middle of other text, as pasted text does.
    PastedQuit,
}
