package dev.namaskar.files;

import java.nio.ByteBuffer;

/** Number formats that safetensors files declare; all little-endian. */
public enum Dtype {
    /** IEEE 754 binary64. */
    F64(8, true),
    /** IEEE 754 binary32. */
    F32(4, true),
    /** IEEE 754 binary16. */
    F16(2, true),
    /** The upper half of a binary32. */
    BF16(2, true),
    /** Two's complement, 64 bits. */
    I64(8, false),
    /** Two's complement, 32 bits. */
    I32(4, false),
    /** Two's complement, 16 bits. */
    I16(2, false),
    /** Two's complement, 8 bits. */
    I8(1, false),
    /** Unsigned, 8 bits. */
    U8(1, false),
    /** 0 or 1. */
    BOOL(1, false);

    private final int bytes;
    private final boolean floating;

    Dtype(int bytes, boolean floating) {
        this.bytes = bytes;
        this.floating = floating;
    }

    /** Bytes per value. */
    public int bytes() {
        return bytes;
    }

    /** Whether values are real numbers. */
    public boolean floating() {
        return floating;
    }

    /** The next value of a floating dtype, exactly. */
    double nextReal(ByteBuffer in) {
        return switch (this) {
            case F64 -> in.getDouble();
            case F32 -> in.getFloat();
            case BF16 -> Float.intBitsToFloat(in.getShort() << 16);
            case F16 -> halfToFloat(in.getShort());
            default -> throw new IllegalStateException(this + " is not a floating dtype");
        };
    }

    /** The next value of an integer dtype. */
    long nextInteger(ByteBuffer in) {
        return switch (this) {
            case I64 -> in.getLong();
            case I32 -> in.getInt();
            case I16 -> in.getShort();
            case I8 -> in.get();
            case U8, BOOL -> in.get() & 0xff;
            default -> throw new IllegalStateException(this + " is not an integer dtype");
        };
    }

    /** Widens binary16; every value is exact in binary32. */
    static float halfToFloat(short half) {
        int exponent = (half >>> 10) & 0x1f;
        int fraction = half & 0x3ff;
        float magnitude = switch (exponent) {
            case 0 -> fraction * 0x1p-24f;
            case 31 -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
            default -> Float.intBitsToFloat((exponent + 112) << 23 | fraction << 13);
        };
        return half < 0 ? -magnitude : magnitude;
    }
}
