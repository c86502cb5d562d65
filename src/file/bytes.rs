//! The bytes that an index speaks of: a file that is read where it lies, or what a pipe has brought.

use std::{fs::File, io, os::unix::fs::FileExt};

/// The size of the blocks that what came through a pipe is kept in: it grows without being copied.
const BLOCK: usize = 1024 * 1024;

/// Where the bytes are.
#[derive(Debug)]
pub(super) enum Bytes {
    /// In a file.
    File(File),
    /// In memory: full blocks, and one that is filled.
    Memory(Vec<Vec<u8>>),
}

impl Bytes {
    /// Adds what a pipe has brought.
    pub(super) fn append(&mut self, mut piece: &[u8]) {
        let Self::Memory(blocks) = self else { return };
        while !piece.is_empty() {
            if blocks.last().is_none_or(|block| block.len() >= BLOCK) {
                blocks.push(Vec::new());
            }
            let Some(block) = blocks.last_mut() else { return };
            let (fits, rest) = piece.split_at_checked(BLOCK - block.len()).unwrap_or((piece, &[]));
            block.extend_from_slice(fits);
            piece = rest;
        }
    }

    /// Reads as many bytes as there are from an offset on, until `buffer` is full.
    pub(super) fn read(&self, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
        let mut done = 0;
        while let Some(rest) = buffer.get_mut(done..).filter(|rest| !rest.is_empty()) {
            let at = offset + done as u64;
            let count = match self {
                Self::File(file) => match file.read_at(rest, at) {
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                    read => read?,
                },
                Self::Memory(blocks) => copy(blocks, at, rest),
            };
            if count == 0 {
                break;
            }
            done += count;
        }
        Ok(done)
    }

    /// The bytes between two offsets; fewer where the file has become shorter.
    pub(super) fn range(&self, start: u64, end: u64) -> io::Result<Vec<u8>> {
        let length = usize::try_from(end.saturating_sub(start)).unwrap_or(usize::MAX);
        let mut buffer = vec![0; length];
        let count = self.read(start, &mut buffer)?;
        buffer.truncate(count);
        Ok(buffer)
    }
}

fn copy(blocks: &[Vec<u8>], at: u64, to: &mut [u8]) -> usize {
    let at = usize::try_from(at).unwrap_or(usize::MAX);
    let from = blocks.get(at / BLOCK).and_then(|block| block.get(at % BLOCK..)).unwrap_or_default();
    let count = from.len().min(to.len());
    for (to, from) in to.iter_mut().zip(from) {
        *to = *from;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_pipe_brought_is_read_across_blocks() {
        let mut bytes = Bytes::Memory(Vec::new());
        let text: Vec<u8> = (0..3 * BLOCK + 7).map(|at| u8::try_from(at % 251).unwrap()).collect();
        text.chunks(70_001).for_each(|piece| bytes.append(piece));
        let (start, end) = (BLOCK - 3, 2 * BLOCK + 5);
        assert_eq!(bytes.range(start as u64, end as u64).unwrap(), text[start..end]);
        assert_eq!(bytes.range(text.len() as u64 - 2, text.len() as u64 + 9).unwrap().len(), 2);
    }
}
