//! Pseudo-terminals and processes, as the system has them.

use std::{
    ffi::{OsStr, OsString},
    fs::{self, File},
    io::Write,
    os::{fd::AsFd, unix::ffi::OsStrExt},
    time::Duration,
};

use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    fs::{Mode, OFlags, open},
    process::{Pid, PidfdFlags, pidfd_open},
    pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt},
    termios::{Winsize, tcsetwinsize},
};

/// A new terminal: our end, and where the program's is.
pub fn open_terminal() -> (File, OsString) {
    let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC).unwrap();
    grantpt(&master).unwrap();
    unlockpt(&master).unwrap();
    let name = ptsname(&master, Vec::new()).unwrap();
    (File::from(master), OsStr::from_bytes(name.to_bytes()).to_owned())
}

/// Fills a terminal until it takes nothing more: whoever writes to it waits.
pub fn fill(path: &OsStr) {
    let flags = OFlags::WRONLY | OFlags::NOCTTY | OFlags::NONBLOCK;
    let mut end = File::from(open(path, flags, Mode::empty()).unwrap());
    while end.write(&[b' '; 256]).is_ok() {}
}

/// Waits until a process has ended.
pub fn ends(pid: Pid, limit: Duration) -> bool {
    match pidfd_open(pid, PidfdFlags::empty()) {
        Ok(process) => !wait_for(&process, PollFlags::IN, limit).is_empty(),
        Err(rustix::io::Errno::SRCH) => true,
        Err(error) => panic!("{error}"),
    }
}

/// Waits for something to happen at a handle; empty when nothing did.
pub fn wait_for(end: &impl AsFd, events: PollFlags, limit: Duration) -> PollFlags {
    let mut handles = [PollFd::new(end, events)];
    let limit = Timespec::try_from(limit).unwrap();
    poll(&mut handles, Some(&limit)).unwrap();
    handles[0].revents()
}

/// The program's end of a terminal, which nobody waits at.
pub fn open_slave(path: &OsStr, flags: OFlags) -> File {
    let flags = flags | OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC;
    File::from(open(path, flags, Mode::empty()).unwrap())
}

/// Gives a terminal its size.
pub fn set_size(master: &File, columns: u16, lines: u16) {
    tcsetwinsize(master, Winsize { ws_row: lines, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 }).unwrap();
}

/// Whether a process was stopped and not continued (proc(5)).
pub fn is_stopped(pid: Pid) -> bool {
    let stat = fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero())).unwrap();
    stat.rsplit_once(')').unwrap().1.trim_start().starts_with('T')
}

/// What a process has used so far.
#[derive(Debug, Clone, Copy)]
pub struct Used {
    /// Time of the processor, in its ticks of 10 ms.
    pub ticks: u64,
    /// How often its threads went to sleep or were put to it.
    pub switches: u64,
}

/// What a process has used so far, all its threads together (proc(5)).
pub fn used(pid: Pid) -> Used {
    let folder = format!("/proc/{}", pid.as_raw_nonzero());
    let stat = fs::read_to_string(format!("{folder}/stat")).unwrap();
    let (_, after_name) = stat.rsplit_once(')').unwrap();
    let fields: Vec<&str> = after_name.split_ascii_whitespace().collect();
    let ticks = fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap();
    let switches = |status: String| -> u64 {
        let lines = status.lines().filter(|line| line.contains("ctxt_switches"));
        lines.map(|line| line.split_ascii_whitespace().last().unwrap().parse::<u64>().unwrap()).sum()
    };
    let tasks = fs::read_dir(format!("{folder}/task")).unwrap();
    let status = tasks.filter_map(|task| fs::read_to_string(task.unwrap().path().join("status")).ok());
    Used { ticks, switches: status.map(switches).sum() }
}
