"""The sizes that the piano network was trained with; none of them can be chosen.

They are those of Transkun 2.0: Yan & Duan, "Scoring Time Intervals using Non-Hierarchical
Transformer for Automatic Piano Transcription", ISMIR 2024.
"""

import numpy as np

SAMPLE_RATE = 44_100
"""Samples per second of what the network listens to."""

HOP_LENGTH = 1024
"""Samples from one frame to the next: 23.2 ms."""

WINDOW_LENGTH = 4096
"""Samples that a frame looks at, centred on its time."""

SEGMENT_SAMPLES = 16 * SAMPLE_RATE
"""Samples that the network looks at together."""

SEGMENT_FRAMES = -(-SEGMENT_SAMPLES // HOP_LENGTH) + 1
"""Frames of a segment: 691."""

LAST_FRAME = SEGMENT_SAMPLES // HOP_LENGTH
"""The last frame whose middle is inside the segment: what lasts until then may go on behind."""

PATCH_FRAMES = 8
"""Frames that the network joins into one step of time."""

N_PATCHES = -(-(SEGMENT_FRAMES + PATCH_FRAMES - 1) // PATCH_FRAMES)
"""Steps of a segment, with the silence that is put around it: 88."""

N_MEL_BANDS = 229
"""Bands of the features."""

LOWEST_MIDI = 21
"""Pitch of the first of its 88 keys."""

N_KEYS = 88
"""Keys of a piano."""

TRACKS = np.array([-64, -67, *range(LOWEST_MIDI, LOWEST_MIDI + N_KEYS)], np.float32)
"""What it finds intervals for: the sustain and soft pedals as negative controllers, then keys."""

N_PEDALS = len(TRACKS) - N_KEYS
"""Tracks in front of the keys."""
