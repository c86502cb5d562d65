//! Taking and giving back at the same time.

use rustix::{
    fs::{Mode, OFlags, open},
    pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt},
};

use super::*;

#[test]
fn whoever_gives_back_while_another_takes_leaves_the_modes_as_they_were() {
    let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&master).unwrap();
    unlockpt(&master).unwrap();
    let name = ptsname(&master, Vec::new()).unwrap();
    let slave = File::from(open(name, OFlags::RDWR | OFlags::NOCTTY, Mode::empty()).unwrap());
    let session = Session {
        output: Descriptor::to(&slave).unwrap(),
        screen: slave.try_clone().unwrap(),
        keyboard: slave.try_clone().unwrap(),
    };
    let modes = || format!("{:?}", tty::attributes(&slave).unwrap());
    let before = modes();
    for _ in 0..2_000 {
        thread::scope(|scope| {
            scope.spawn(|| session.take_mode().unwrap());
            scope.spawn(restore);
        });
        let is_taken = lock(&TAKEN).is_some();
        assert_eq!(modes() != before, is_taken, "raw without anybody who would give it back");
        restore();
    }
    assert_eq!(modes(), before);
}
