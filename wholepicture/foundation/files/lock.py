"""The lock on a process that is about to read what nobody vouches for: limits, and the few system calls it may make.

The limits alone would do against a decoder that goes astray. The filter is for one that has been taken over: it leaves
a process that can reckon, read what it was given, write what it was told to, and end.
"""

from __future__ import annotations

import ctypes
import os
import platform
import resource
import signal
import struct
from typing import Final

from wholepicture.foundation.files.types import MEMORY, MOST_MADE_BYTES, SECONDS

_LIMITS: Final = (
    (resource.RLIMIT_CPU, SECONDS),
    (resource.RLIMIT_FSIZE, MOST_MADE_BYTES + 2_000_000),
    (resource.RLIMIT_CORE, 0),
    # No number is left for a further file or connection; those that are open stay open.
    (resource.RLIMIT_NOFILE, 3),
)

# read, write, mmap, mprotect, munmap, brk, rt_sigaction, rt_sigprocmask, rt_sigreturn, mremap, madvise, getpid, exit,
# gettid, futex, sched_yield, clock_gettime, gettimeofday, exit_group, tgkill, lseek, close, fstat, getrandom, getcwd,
# set_robust_list, rseq
# (from asm/unistd.h of each machine).
_CALLS: Final = {
    "x86_64": (0xC000003E, (0, 1, 9, 10, 11, 12, 13, 14, 15, 25, 28, 39, 60, 186, 202, 24, 228, 96, 231, 234, 8, 3,
                            5, 318, 79, 273, 334)),
    "aarch64": (0xC00000B7, (63, 64, 222, 226, 215, 214, 134, 135, 139, 216, 233, 172, 93, 178, 98, 124, 113, 169, 94,
                             131, 62, 57, 80, 278, 17, 99, 293)),
}  # fmt: skip
_UNTOUCHED: Final = 16 * 2**20
"""Bytes of libraries that are loaded and not yet read."""
_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 22, 38
_MODE_FILTER: Final = 2
_LOAD, _EQUAL, _ANY_OF, _RETURN = 0x20, 0x15, 0x45, 0x06
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050000 | 1, 0x80000000  # refuse: as if not permitted (EPERM)
_UNKNOWN: Final = 0x00050000 | 38
"""As if the kernel did not have the call (ENOSYS): the C library then takes the older one, whose flags can be read."""
_CLONE: Final = {"x86_64": 56, "aarch64": 220}
_CLONE3: Final = 435
_CLONE_THREAD: Final = 0x10000


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_char_p)]


def lock_in() -> None:
    """Lock this process for good. On a machine whose system calls are not listed, the limits alone hold."""
    if len(os.listdir("/proc/self/task")) != 1:
        raise OSError("this process has a thread that the lock would not hold")
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    for which, most in ((resource.RLIMIT_AS, address_space()), *_LIMITS):
        resource.setrlimit(which, (most, most))
    if platform.machine() in _CALLS:
        program = filter_for(platform.machine())
        if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or libc.prctl(
            _PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(_Program(len(program) // 8, program)), 0, 0
        ):
            raise OSError(ctypes.get_errno(), "this process could not be locked")


def address_space() -> int:
    """Bytes of address space that keep the memory of this process within MEMORY, whatever it does from now on.

    Libraries take addresses for which no memory stands, so what is taken already does not count, and what is used does.
    """
    with open("/proc/self/statm") as said:
        taken, used = (int(pages) * resource.getpagesize() for pages in said.read().split()[:2])
    return taken + MEMORY - used - _UNTOUCHED


def filter_for(machine: str) -> bytes:
    """The filter as the kernel takes it: another machine's calls kill, a listed call passes, any other is refused."""
    architecture, calls = _CALLS[machine]
    steps = [(_LOAD, 0, 0, 4), (_EQUAL, 1, 0, architecture), (_RETURN, 0, 0, _KILL), (_LOAD, 0, 0, 0)]
    steps += [(_EQUAL, 0, 1, _CLONE3), (_RETURN, 0, 0, _UNKNOWN)]
    # A thread of this process, for the decoder of HEIC, and never another process: threads are under the same lock.
    steps += [(_EQUAL, 0, 4, _CLONE[machine]), (_LOAD, 0, 0, 16), (_ANY_OF, 0, 1, _CLONE_THREAD)]
    steps += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE)]
    for number in calls:
        steps += [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, _ALLOW)]
    steps.append((_RETURN, 0, 0, _REFUSE))
    return b"".join(struct.pack("HBBI", *step) for step in steps)
