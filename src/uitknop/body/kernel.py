"""The fast kernel of uitknop-17, written by scripts/body_kernel.py from data/model.toml. Do not change it by hand."""
# ruff: noqa
# mypy: ignore-errors
# fmt: off

import numpy as np
from numba import njit
from numba.core import types
from numba.extending import intrinsic

from uitknop.body.vector import Rows

LANES = 8
LONGEST_STEP_MIN = 96
STATES = ('threat', 'vagal', 'acth', 'cortisol', 'energy', 'debt', 'danger', 'inflammation', 'load', 'safety_memory', 'sleep_debt', 'plasticity', 'sensitisation', 'pituitary', 'adrenal', 'capacity', 'defence')
FAST_STATES = ('threat', 'vagal', 'acth')
PARAMETERS_AT, INPUTS_AT, SIZE, WEIGHTS = 17, 97, 122, 27


def _kept(**options):
    # What was compiled is kept for the next time, unless there is no place where files may be written.
    def compiled(function):
        try:
            return njit(cache=True, **options)(function)
        except RuntimeError:
            return njit(**options)(function)

    return compiled


@njit(error_model="numpy")
def _phi(z):
    # phi_1, phi_2, phi_3 at -z; by their series where the closed form would lose digits.
    if z < 0.01:
        return 1 - z / 2 + z * z / 6, 0.5 - z / 6 + z * z / 24, 1 / 6 - z / 24 + z * z / 120
    one = -np.expm1(-z) / z
    two = (1 - one) / z
    return one, two, (0.5 - two) / z


@njit(error_model="numpy")
def _weights(w, at, apart, h, tau):
    z = h / tau
    one, two, three = _phi(z)
    half_one, half_two, half_three = _phi(0.5 * z)
    w[at] = np.exp(-0.5 * z)
    w[at + apart] = 0.5 * h * half_one
    w[at + 2 * apart] = h * half_two
    w[at + 3 * apart] = np.exp(-z)
    w[at + 4 * apart] = h * one
    w[at + 5 * apart] = 2.0 * h * two
    w[at + 6 * apart] = h * (one - 3.0 * two + 4.0 * three)
    w[at + 7 * apart] = h * (2.0 * two - 4.0 * three)
    w[at + 8 * apart] = h * (4.0 * three - two)


@njit(nogil=True, error_model="numpy", no_cpython_wrapper=True)
def hold(m):
    """What hangs on parameters alone, into m."""
    for k in range(8):
        tauL = m[136 + k]; tauT = m[160 + k]; kT = m[168 + k]; cW = m[232 + k]; tauW = m[248 + k]; tauV = m[256 + k]; KGR = m[328 + k]; tauI = m[360 + k]
        iX = m[368 + k]; iF = m[400 + k]; tauZ = m[424 + k]; tauX = m[448 + k]; tauD = m[480 + k]; tauDo = m[488 + k]; KD = m[536 + k]; tauS = m[608 + k]
        tauG = m[640 + k]; tauB = m[664 + k]; reach = m[712 + k]; tauC = m[720 + k]
        m[824 + k] = (1.0 - cW)
        m[832 + k] = (1.0 / KGR)
        m[840 + k] = (-kT)
        m[848 + k] = (1.0 / tauT)
        m[856 + k] = (1.0 / tauV)
        m[864 + k] = (1.0 / tauZ)
        m[872 + k] = (1.0 / tauX)
        m[880 + k] = (iX * reach)
        m[888 + k] = (1.0 - iF)
        m[896 + k] = (1.0 / tauI)
        m[904 + k] = (1.0 / tauL)
        m[912 + k] = (1.0 / tauW)
        m[920 + k] = (1.0 / tauS)
        m[928 + k] = (1.0 / tauB)
        m[936 + k] = (1.0 / tauG)
        m[944 + k] = (1.0 / tauC)
        m[952 + k] = (KD * KD * KD)
        m[960 + k] = (1.0 / tauD)
        m[968 + k] = (1.0 / tauDo)


@njit(nogil=True, error_model="numpy", no_cpython_wrapper=True)
def weigh(m, w, at, h):
    """Weights of the fast states for a step of h days, into w."""
    for k in range(8):
        tauT = m[160 + k]; tauV = m[256 + k]; gA = m[296 + k]
        _weights(w, at + 0 + k, 24, h, tauT)
        _weights(w, at + 8 + k, 24, h, tauV)
        _weights(w, at + 16 + k, 24, h, (1.0 / gA))


STEP = """
T = m[0]; V = m[1]; A = m[2]; F = m[3]; E = m[4]; Z = m[5]; X = m[6]; I = m[7]
L = m[8]; W = m[9]; S = m[10]; B = m[11]; G = m[12]; P = m[13]; Q = m[14]; C = m[15]
D = m[16]
wL = m[18]; gL = m[19]; th = m[22]; cL = m[23]; cI = m[24]; cD = m[25]; cP = m[26]; vN = m[27]
cS = m[28]; cW = m[29]; cB = m[30]; v0 = m[33]; vT = m[34]; vS = m[35]; vI = m[36]; gA = m[37]
gF = m[38]; gP = m[39]; gQ = m[40]; uT = m[42]; uI = m[43]; uD = m[44]; iT = m[47]; i0 = m[48]
iV = m[49]; iF = m[50]; rI = m[51]; wI = m[52]; zO = m[54]; zD = m[55]; xD = m[57]; xZ = m[58]
xI = m[59]; mX = m[62]; mT = m[63]; mE = m[64]; eN = m[65]; mV = m[66]; pE = m[68]; dE = m[69]
eI = m[70]; e0 = m[71]; eX = m[72]; eT = m[73]; qS = m[74]; qT = m[75]; nE = m[77]; cap0 = m[78]
cDc = m[79]; gT = m[81]; gI = m[82]; B0 = m[84]; bS = m[85]; bX = m[86]; bF = m[87]; bI = m[88]
reach = m[89]; tauC = m[90]; kC = m[91]; zC = m[92]; kD = m[93]; cF = m[94]; cE = m[95]; cG = m[96]
s = m[97]; sg = m[98]; ex = m[99]; q = m[100]; nu = m[101]; ill = m[102]
held_0 = m[103]; held_1 = m[104]; held_2 = m[105]; held_3 = m[106]; held_4 = m[107]; held_5 = m[108]; held_6 = m[109]; held_7 = m[110]
held_8 = m[111]; held_9 = m[112]; held_10 = m[113]; held_11 = m[114]; held_12 = m[115]; held_13 = m[116]; held_14 = m[117]; held_15 = m[118]
held_16 = m[119]; held_17 = m[120]; held_18 = m[121]
T_left_half = w[0]; V_left_half = w[1]; A_left_half = w[2]; T_half_1 = w[3]; V_half_1 = w[4]; A_half_1 = w[5]; T_half_2 = w[6]; V_half_2 = w[7]
A_half_2 = w[8]; T_left = w[9]; V_left = w[10]; A_left = w[11]; T_full_1 = w[12]; V_full_1 = w[13]; A_full_1 = w[14]; T_full_2 = w[15]
V_full_2 = w[16]; A_full_2 = w[17]; T_end_1 = w[18]; V_end_1 = w[19]; A_end_1 = w[20]; T_end_23 = w[21]; V_end_23 = w[22]; A_end_23 = w[23]
T_end_4 = w[24]; V_end_4 = w[25]; A_end_4 = w[26]
T_0 = T; V_0 = V; A_0 = A; F_0 = F; E_0 = E; Z_0 = Z; X_0 = X; I_0 = I
L_0 = L; W_0 = W; S_0 = S; B_0 = B; G_0 = G; P_0 = P; Q_0 = Q; C_0 = C
D_0 = D; sensed = ((1.0 + (cG * (G - 1.0))) * max((vN - V), 0.0)); alarm = (((((((cL * L) + (cI * I)) + (cD * D)) + (cP * sensed)) - ((cS * W) * (held_0 + (cW * B)))) - th) - (cB * (B - 0.6))); receptor = (1.0 * (1.0 / (1.0 + ((F * held_1) * (F * held_1) * (F * held_1))))); crh = (((((1.0 + (uT * T)) + (uI * I)) * (1.0 / (1.0 + (uD * D)))) * (1.0 / max(F, 0.01))) * receptor); drawn = (reach * D); envelope = (((cap0 * (1.0 - (cE * (1.0 - E)))) * C) * (1.0 - (cDc * drawn))); production = (((((pE * C) * (1.0 - (dE * drawn))) * (1.0 / (1.0 + (eI * I)))) * (1.0 - (qS * S))) * (1.0 + (nE * (nu - 1.0))))
use = ((e0 + (eX * ex)) + (eT * T)); provoked = ((((mX * X) + (mT * T)) + (mE * max((eN - E), 0.0))) * max((1.0 - (mV * V)), 0.0)); wear = ((kC * max((Z - zC), 0.0)) + ((kD * drawn) * max((1.0 - (cF * (1.0 / max(C, 0.01)))), 0.0))); T_1 = (1.0 * (1.0 / (1.0 + _exp((held_2 * alarm))))) * held_3; V_1 = (((v0 * (1.0 - (vT * T))) + (vS * sg)) * (1.0 / (1.0 + (vI * I)))) * held_4; A_1 = ((crh * P) * receptor) * gA; F_1 = ((A * Q) - F) * gF; E_1 = (production - E * (production + use)) * 1.0
Z_1 = (((zO + (zD * drawn)) * max((ex - envelope), 0.0)) - Z) * held_5; X_1 = ((((xD * D) + (xZ * Z)) + (xI * I)) - X) * held_6; I_1 = ((((((held_7 * X) + (iT * T)) * (i0 - (iV * V))) * (1.0 / (held_8 + ((iF * F) * (1.0 / (1.0 + (rI * I))))))) + (wI * ill)) - I) * held_9; L_1 = (((wL * (1.0 + (gL * (G - 1.0)))) * s) - L) * held_10; W_1 = (sg - W) * held_11; S_1 = ((1.0 - (q * (1.0 - (qT * T)))) - S) * held_12; B_1 = ((((B0 + (bS * sg)) + (bX * min(ex, envelope))) * (1.0 / ((1.0 + (bF * max((F - 1.0), 0.0))) + (bI * I)))) - B) * held_13; G_1 = (((1.0 + (gT * T)) + ((gI * I) * (1.0 / (0.5 + I)))) - G) * held_14
P_1 = (gP * (crh - 1.0)) * P; Q_1 = (gQ * (A - 1.0)) * Q; C_1 = (1.0 - C * (1.0 + (tauC * wear))) * held_15; D_1 = (((provoked * provoked * provoked) * (1.0 / (held_16 + (provoked * provoked * provoked)))) - D) * (held_17 if ((provoked * provoked * provoked) * (1.0 / (held_16 + (provoked * provoked * provoked)))) > D else held_18); T = T_left_half * T_0 + T_half_1 * T_1; V = V_left_half * V_0 + V_half_1 * V_1; A = A_left_half * A_0 + A_half_1 * A_1; F = F_0 + half * F_1
E = E_0 + half * E_1; Z = Z_0 + half * Z_1; X = X_0 + half * X_1; I = I_0 + half * I_1; L = L_0 + half * L_1; W = W_0 + half * W_1; S = S_0 + half * S_1; B = B_0 + half * B_1
G = G_0 + half * G_1; P = P_0 + half * P_1; Q = Q_0 + half * Q_1; C = C_0 + half * C_1; D = D_0 + half * D_1; sensed = ((1.0 + (cG * (G - 1.0))) * max((vN - V), 0.0)); alarm = (((((((cL * L) + (cI * I)) + (cD * D)) + (cP * sensed)) - ((cS * W) * (held_0 + (cW * B)))) - th) - (cB * (B - 0.6))); receptor = (1.0 * (1.0 / (1.0 + ((F * held_1) * (F * held_1) * (F * held_1)))))
crh = (((((1.0 + (uT * T)) + (uI * I)) * (1.0 / (1.0 + (uD * D)))) * (1.0 / max(F, 0.01))) * receptor); drawn = (reach * D); envelope = (((cap0 * (1.0 - (cE * (1.0 - E)))) * C) * (1.0 - (cDc * drawn))); production = (((((pE * C) * (1.0 - (dE * drawn))) * (1.0 / (1.0 + (eI * I)))) * (1.0 - (qS * S))) * (1.0 + (nE * (nu - 1.0)))); use = ((e0 + (eX * ex)) + (eT * T)); provoked = ((((mX * X) + (mT * T)) + (mE * max((eN - E), 0.0))) * max((1.0 - (mV * V)), 0.0)); wear = ((kC * max((Z - zC), 0.0)) + ((kD * drawn) * max((1.0 - (cF * (1.0 / max(C, 0.01)))), 0.0))); T_2 = (1.0 * (1.0 / (1.0 + _exp((held_2 * alarm))))) * held_3
V_2 = (((v0 * (1.0 - (vT * T))) + (vS * sg)) * (1.0 / (1.0 + (vI * I)))) * held_4; A_2 = ((crh * P) * receptor) * gA; F_2 = ((A * Q) - F) * gF; E_2 = (production - E * (production + use)) * 1.0; Z_2 = (((zO + (zD * drawn)) * max((ex - envelope), 0.0)) - Z) * held_5; X_2 = ((((xD * D) + (xZ * Z)) + (xI * I)) - X) * held_6; I_2 = ((((((held_7 * X) + (iT * T)) * (i0 - (iV * V))) * (1.0 / (held_8 + ((iF * F) * (1.0 / (1.0 + (rI * I))))))) + (wI * ill)) - I) * held_9; L_2 = (((wL * (1.0 + (gL * (G - 1.0)))) * s) - L) * held_10
W_2 = (sg - W) * held_11; S_2 = ((1.0 - (q * (1.0 - (qT * T)))) - S) * held_12; B_2 = ((((B0 + (bS * sg)) + (bX * min(ex, envelope))) * (1.0 / ((1.0 + (bF * max((F - 1.0), 0.0))) + (bI * I)))) - B) * held_13; G_2 = (((1.0 + (gT * T)) + ((gI * I) * (1.0 / (0.5 + I)))) - G) * held_14; P_2 = (gP * (crh - 1.0)) * P; Q_2 = (gQ * (A - 1.0)) * Q; C_2 = (1.0 - C * (1.0 + (tauC * wear))) * held_15; D_2 = (((provoked * provoked * provoked) * (1.0 / (held_16 + (provoked * provoked * provoked)))) - D) * (held_17 if ((provoked * provoked * provoked) * (1.0 / (held_16 + (provoked * provoked * provoked)))) > D else held_18)
T = T_left_half * T_0 + T_half_1 * T_1 + T_half_2 * (T_2 - T_1); V = V_left_half * V_0 + V_half_1 * V_1 + V_half_2 * (V_2 - V_1); A = A_left_half * A_0 + A_half_1 * A_1 + A_half_2 * (A_2 - A_1); F = F_0 + half * F_2; E = E_0 + half * E_2; Z = Z_0 + half * Z_2; X = X_0 + half * X_2; I = I_0 + half * I_2
L = L_0 + half * L_2; W = W_0 + half * W_2; S = S_0 + half * S_2; B = B_0 + half * B_2; G = G_0 + half * G_2; P = P_0 + half * P_2; Q = Q_0 + half * Q_2; C = C_0 + half * C_2
D = D_0 + half * D_2; sensed = ((1.0 + (cG * (G - 1.0))) * max((vN - V), 0.0)); alarm = (((((((cL * L) + (cI * I)) + (cD * D)) + (cP * sensed)) - ((cS * W) * (held_0 + (cW * B)))) - th) - (cB * (B - 0.6))); receptor = (1.0 * (1.0 / (1.0 + ((F * held_1) * (F * held_1) * (F * held_1))))); crh = (((((1.0 + (uT * T)) + (uI * I)) * (1.0 / (1.0 + (uD * D)))) * (1.0 / max(F, 0.01))) * receptor); drawn = (reach * D); envelope = (((cap0 * (1.0 - (cE * (1.0 - E)))) * C) * (1.0 - (cDc * drawn))); production = (((((pE * C) * (1.0 - (dE * drawn))) * (1.0 / (1.0 + (eI * I)))) * (1.0 - (qS * S))) * (1.0 + (nE * (nu - 1.0))))
use = ((e0 + (eX * ex)) + (eT * T)); provoked = ((((mX * X) + (mT * T)) + (mE * max((eN - E), 0.0))) * max((1.0 - (mV * V)), 0.0)); wear = ((kC * max((Z - zC), 0.0)) + ((kD * drawn) * max((1.0 - (cF * (1.0 / max(C, 0.01)))), 0.0))); T_3 = (1.0 * (1.0 / (1.0 + _exp((held_2 * alarm))))) * held_3; V_3 = (((v0 * (1.0 - (vT * T))) + (vS * sg)) * (1.0 / (1.0 + (vI * I)))) * held_4; A_3 = ((crh * P) * receptor) * gA; F_3 = ((A * Q) - F) * gF; E_3 = (production - E * (production + use)) * 1.0
Z_3 = (((zO + (zD * drawn)) * max((ex - envelope), 0.0)) - Z) * held_5; X_3 = ((((xD * D) + (xZ * Z)) + (xI * I)) - X) * held_6; I_3 = ((((((held_7 * X) + (iT * T)) * (i0 - (iV * V))) * (1.0 / (held_8 + ((iF * F) * (1.0 / (1.0 + (rI * I))))))) + (wI * ill)) - I) * held_9; L_3 = (((wL * (1.0 + (gL * (G - 1.0)))) * s) - L) * held_10; W_3 = (sg - W) * held_11; S_3 = ((1.0 - (q * (1.0 - (qT * T)))) - S) * held_12; B_3 = ((((B0 + (bS * sg)) + (bX * min(ex, envelope))) * (1.0 / ((1.0 + (bF * max((F - 1.0), 0.0))) + (bI * I)))) - B) * held_13; G_3 = (((1.0 + (gT * T)) + ((gI * I) * (1.0 / (0.5 + I)))) - G) * held_14
P_3 = (gP * (crh - 1.0)) * P; Q_3 = (gQ * (A - 1.0)) * Q; C_3 = (1.0 - C * (1.0 + (tauC * wear))) * held_15; D_3 = (((provoked * provoked * provoked) * (1.0 / (held_16 + (provoked * provoked * provoked)))) - D) * (held_17 if ((provoked * provoked * provoked) * (1.0 / (held_16 + (provoked * provoked * provoked)))) > D else held_18); T = T_left * T_0 + T_full_1 * T_1 + T_full_2 * (T_3 - T_1); V = V_left * V_0 + V_full_1 * V_1 + V_full_2 * (V_3 - V_1); A = A_left * A_0 + A_full_1 * A_1 + A_full_2 * (A_3 - A_1); F = F_0 + h * F_3
E = E_0 + h * E_3; Z = Z_0 + h * Z_3; X = X_0 + h * X_3; I = I_0 + h * I_3; L = L_0 + h * L_3; W = W_0 + h * W_3; S = S_0 + h * S_3; B = B_0 + h * B_3
G = G_0 + h * G_3; P = P_0 + h * P_3; Q = Q_0 + h * Q_3; C = C_0 + h * C_3; D = D_0 + h * D_3; sensed = ((1.0 + (cG * (G - 1.0))) * max((vN - V), 0.0)); alarm = (((((((cL * L) + (cI * I)) + (cD * D)) + (cP * sensed)) - ((cS * W) * (held_0 + (cW * B)))) - th) - (cB * (B - 0.6))); receptor = (1.0 * (1.0 / (1.0 + ((F * held_1) * (F * held_1) * (F * held_1)))))
crh = (((((1.0 + (uT * T)) + (uI * I)) * (1.0 / (1.0 + (uD * D)))) * (1.0 / max(F, 0.01))) * receptor); drawn = (reach * D); envelope = (((cap0 * (1.0 - (cE * (1.0 - E)))) * C) * (1.0 - (cDc * drawn))); production = (((((pE * C) * (1.0 - (dE * drawn))) * (1.0 / (1.0 + (eI * I)))) * (1.0 - (qS * S))) * (1.0 + (nE * (nu - 1.0)))); use = ((e0 + (eX * ex)) + (eT * T)); provoked = ((((mX * X) + (mT * T)) + (mE * max((eN - E), 0.0))) * max((1.0 - (mV * V)), 0.0)); wear = ((kC * max((Z - zC), 0.0)) + ((kD * drawn) * max((1.0 - (cF * (1.0 / max(C, 0.01)))), 0.0))); T_4 = (1.0 * (1.0 / (1.0 + _exp((held_2 * alarm))))) * held_3
V_4 = (((v0 * (1.0 - (vT * T))) + (vS * sg)) * (1.0 / (1.0 + (vI * I)))) * held_4; A_4 = ((crh * P) * receptor) * gA; F_4 = ((A * Q) - F) * gF; E_4 = (production - E * (production + use)) * 1.0; Z_4 = (((zO + (zD * drawn)) * max((ex - envelope), 0.0)) - Z) * held_5; X_4 = ((((xD * D) + (xZ * Z)) + (xI * I)) - X) * held_6; I_4 = ((((((held_7 * X) + (iT * T)) * (i0 - (iV * V))) * (1.0 / (held_8 + ((iF * F) * (1.0 / (1.0 + (rI * I))))))) + (wI * ill)) - I) * held_9; L_4 = (((wL * (1.0 + (gL * (G - 1.0)))) * s) - L) * held_10
W_4 = (sg - W) * held_11; S_4 = ((1.0 - (q * (1.0 - (qT * T)))) - S) * held_12; B_4 = ((((B0 + (bS * sg)) + (bX * min(ex, envelope))) * (1.0 / ((1.0 + (bF * max((F - 1.0), 0.0))) + (bI * I)))) - B) * held_13; G_4 = (((1.0 + (gT * T)) + ((gI * I) * (1.0 / (0.5 + I)))) - G) * held_14; P_4 = (gP * (crh - 1.0)) * P; Q_4 = (gQ * (A - 1.0)) * Q; C_4 = (1.0 - C * (1.0 + (tauC * wear))) * held_15; D_4 = (((provoked * provoked * provoked) * (1.0 / (held_16 + (provoked * provoked * provoked)))) - D) * (held_17 if ((provoked * provoked * provoked) * (1.0 / (held_16 + (provoked * provoked * provoked)))) > D else held_18)
T = T_left * T_0 + T_end_1 * T_1 + T_end_23 * (T_2 + T_3) + T_end_4 * T_4; V = V_left * V_0 + V_end_1 * V_1 + V_end_23 * (V_2 + V_3) + V_end_4 * V_4; A = A_left * A_0 + A_end_1 * A_1 + A_end_23 * (A_2 + A_3) + A_end_4 * A_4; F = F_0 + sixth * (F_1 + 2.0 * (F_2 + F_3) + F_4); E = E_0 + sixth * (E_1 + 2.0 * (E_2 + E_3) + E_4); Z = Z_0 + sixth * (Z_1 + 2.0 * (Z_2 + Z_3) + Z_4); X = X_0 + sixth * (X_1 + 2.0 * (X_2 + X_3) + X_4); I = I_0 + sixth * (I_1 + 2.0 * (I_2 + I_3) + I_4)
L = L_0 + sixth * (L_1 + 2.0 * (L_2 + L_3) + L_4); W = W_0 + sixth * (W_1 + 2.0 * (W_2 + W_3) + W_4); S = S_0 + sixth * (S_1 + 2.0 * (S_2 + S_3) + S_4); B = B_0 + sixth * (B_1 + 2.0 * (B_2 + B_3) + B_4); G = G_0 + sixth * (G_1 + 2.0 * (G_2 + G_3) + G_4); P = P_0 + sixth * (P_1 + 2.0 * (P_2 + P_3) + P_4); Q = Q_0 + sixth * (Q_1 + 2.0 * (Q_2 + Q_3) + Q_4); C = C_0 + sixth * (C_1 + 2.0 * (C_2 + C_3) + C_4)
D = D_0 + sixth * (D_1 + 2.0 * (D_2 + D_3) + D_4)
m[0] = T; m[1] = V; m[2] = A; m[3] = F; m[4] = E; m[5] = Z; m[6] = X; m[7] = I
m[8] = L; m[9] = W; m[10] = S; m[11] = B; m[12] = G; m[13] = P; m[14] = Q; m[15] = C
m[16] = D
"""


@intrinsic
def step(typing, m, w, at, h):
    """One step of h days for all lanes of m; its weights stand in w, from a place on."""

    def lower(context, builder, signature, given):
        data = [context.make_array(signature.args[place])(context, builder, given[place]).data for place in (0, 1)]
        lengths = {name: builder.fmul(given[3], given[3].type(part)) for name, part in PARTS.items()}
        Rows(builder, {"m": data[0], "w": builder.gep(data[1], [given[2]])}, LANES, lengths).run(STEP)
        return context.get_dummy_value()

    return types.void(m, w, types.int64, h), lower


PARTS = {"h": 1.0, "half": 0.5, "sixth": 1 / 6}


@njit(nogil=True)
def _next(state, lane):
    # SplitMix64 (Steele, Lea and Flood 2014, doi:10.1145/2660193.2660195): a stream per person, whatever the lanes.
    state[lane] += np.uint64(0x9E3779B97F4A7C15)
    z = state[lane]
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return ((z ^ (z >> np.uint64(31))) >> np.uint64(11)) * (1.0 / 9007199254740992.0)


@njit(nogil=True)
def _wander(m, level, wander, state, keep, sd):
    # Ornstein-Uhlenbeck noise on the first input, exact over a step, clipped at zero.
    for k in range(LANES):
        normal = np.sqrt(-2.0 * np.log(1.0 - _next(state, k))) * np.cos(2.0 * np.pi * _next(state, k))
        wander[k] = keep * wander[k] + np.sqrt(1.0 - keep * keep) * normal
        m[INPUTS_AT * LANES + k] = max(level + sd * wander[k], 0.0)


@njit(nogil=True)
def _step_min(left, until_kept, longest):
    # Whole minutes: a step never crosses the end of a piece or a moment that is kept, before which short steps are
    # taken, because the fast states lag.
    room = min(left, until_kept)
    if until_kept <= 60:
        longest = min(longest, 30)
    elif until_kept <= 120:
        longest = min(longest, 60)
        room = min(room, until_kept - 60)
    else:
        room = min(room, until_kept - 120)
    if room <= longest:
        return room
    return longest if room >= 2 * longest else (room + 1) // 2


@_kept(nogil=True)
def run(m, lengths_min, levels, every_min, longest, sd, relax_min, state, out):
    """Take LANES people through a schedule.

    m: their numbers, shape (SIZE * LANES,), states and parameters filled in; lengths_min: int64, shape (pieces,);
    levels: inputs, shape (pieces, inputs); every_min: whole minutes between what is kept; longest: longest
    step, min, at most LONGEST_STEP_MIN; sd, relax_min: noise on the first input; state: uint64 seeds, shape (LANES,);
    out: shape (kept, states * LANES), filled from the start on.
    """
    size, wander = len(STATES) * LANES, np.zeros(LANES)
    # Few lengths of step occur: the weights of each are worked out once, and stay at a place of their own.
    known, weights = np.zeros(LONGEST_STEP_MIN + 1, np.bool_), np.zeros((LONGEST_STEP_MIN + 1) * WEIGHTS * LANES)
    hold(m)
    for i in range(size):
        out[0, i] = m[i]
    kept, until_kept = 1, every_min
    for piece in range(lengths_min.size):
        for i in range(levels.shape[1]):
            for k in range(LANES):
                m[(INPUTS_AT + i) * LANES + k] = levels[piece, i]
        left = lengths_min[piece]
        while left > 0:
            step_min = _step_min(left, until_kept, longest)
            at = step_min * WEIGHTS * LANES
            if not known[step_min]:
                weigh(m, weights, at, step_min / 1440.0)
                known[step_min] = True
            if sd > 0.0:
                _wander(m, levels[piece, 0], wander, state, np.exp(-step_min / relax_min), sd)
            step(m, weights, at, step_min / 1440.0)
            left -= step_min
            until_kept -= step_min
            if until_kept == 0:
                for i in range(size):
                    out[kept, i] = m[i]
                kept += 1
                until_kept = every_min
