"""The fast kernel of uitknop-17, written by scripts/body_kernel.py from data/model.toml. Do not change it by hand."""
# ruff: noqa
# mypy: ignore-errors
# fmt: off

import numpy as np
from numba import njit

LANES = 8
LONGEST_STEP_MIN = 96
STATES = ('threat', 'vagal', 'acth', 'cortisol', 'energy', 'debt', 'danger', 'inflammation', 'load', 'safety_memory', 'sleep_debt', 'plasticity', 'sensitisation', 'pituitary', 'adrenal', 'capacity', 'defence')
FAST_STATES = ('threat', 'vagal', 'acth')
PARAMETERS_AT, INPUTS_AT, FACTORS_AT, SIZE = 17, 93, 99, 126
KEPT_WEIGHTS = 7
FAST = {"contract", "arcp", "nsz"}


def _kept(**options):
    # What was compiled is kept for the next time, unless there is no place where files may be written.
    def compiled(function):
        try:
            return njit(cache=True, **options)(function)
        except RuntimeError:
            return njit(**options)(function)

    return compiled


@njit(fastmath=FAST, error_model="numpy", forceinline=True)
def _exp(x):
    # A 1024th part by its series, then squared ten times: exact to 1e-9, and the same work in every lane.
    x = max(min(x, 60.0), -60.0) / 1024.0
    e = 1.0 + x * (1.0 + x * (0.5 + x * (1.0 / 6.0 + x * (1.0 / 24.0 + x * (1.0 / 120.0)))))
    e = e * e; e = e * e; e = e * e; e = e * e; e = e * e
    e = e * e; e = e * e; e = e * e; e = e * e
    return e * e


@njit(fastmath=FAST, error_model="numpy", forceinline=True)
def _share(x, half):
    return x / (half + x)


@njit(error_model="numpy", fastmath=FAST)
def _phi(z):
    # phi_1, phi_2, phi_3 at -z; by their series where the closed form would lose digits.
    if z < 0.01:
        return 1 - z / 2 + z * z / 6, 0.5 - z / 6 + z * z / 24, 1 / 6 - z / 24 + z * z / 120
    one = -np.expm1(-z) / z
    two = (1 - one) / z
    return one, two, (0.5 - two) / z


@njit(error_model="numpy")
def _weights(m, at, h, tau):
    z = h / tau
    one, two, three = _phi(z)
    half_one, half_two, half_three = _phi(0.5 * z)
    m[at] = np.exp(-0.5 * z)
    m[at + LANES] = 0.5 * h * half_one
    m[at + 2 * LANES] = h * half_two
    m[at + 3 * LANES] = np.exp(-z)
    m[at + 4 * LANES] = h * one
    m[at + 5 * LANES] = 2.0 * h * two
    m[at + 6 * LANES] = h * (one - 3.0 * two + 4.0 * three)
    m[at + 7 * LANES] = h * (2.0 * two - 4.0 * three)
    m[at + 8 * LANES] = h * (4.0 * three - two)


@njit(nogil=True, error_model="numpy")
def factors(m, h):
    """Weights of the fast states for a step of h days, into m."""
    for k in range(8):
        tauT = m[160 + k]
        _weights(m, 792 + k, h, tauT)
        tauV = m[256 + k]
        _weights(m, 864 + k, h, tauV)
        gA = m[296 + k]
        _weights(m, 936 + k, h, (1.0 / gA))


@njit(nogil=True, fastmath=FAST, error_model="numpy", no_cpython_wrapper=True)
def step(m, h):
    """One step of h days for all lanes of m."""
    half, sixth = 0.5 * h, h / 6.0
    for k in range(8):
        s = m[744 + k]; sg = m[752 + k]; ex = m[760 + k]; q = m[768 + k]; nu = m[776 + k]; ill = m[784 + k]; tauL = m[136 + k]; wL = m[144 + k]
        gL = m[152 + k]; tauT = m[160 + k]; kT = m[168 + k]; th = m[176 + k]; cL = m[184 + k]; cI = m[192 + k]; cD = m[200 + k]; cP = m[208 + k]
        vN = m[216 + k]; cS = m[224 + k]; cW = m[232 + k]; cB = m[240 + k]; tauW = m[248 + k]; tauV = m[256 + k]; v0 = m[264 + k]; vT = m[272 + k]
        vS = m[280 + k]; vI = m[288 + k]; gA = m[296 + k]; gF = m[304 + k]; gP = m[312 + k]; gQ = m[320 + k]; KGR = m[328 + k]; uT = m[336 + k]
        uI = m[344 + k]; uD = m[352 + k]; tauI = m[360 + k]; iX = m[368 + k]; iT = m[376 + k]; i0 = m[384 + k]; iV = m[392 + k]; iF = m[400 + k]
        rI = m[408 + k]; wI = m[416 + k]; tauZ = m[424 + k]; zO = m[432 + k]; zD = m[440 + k]; tauX = m[448 + k]; xD = m[456 + k]; xZ = m[464 + k]
        xI = m[472 + k]; tauD = m[480 + k]; tauDo = m[488 + k]; mX = m[496 + k]; mT = m[504 + k]; mE = m[512 + k]; eN = m[520 + k]; mV = m[528 + k]
        KD = m[536 + k]; pE = m[544 + k]; dE = m[552 + k]; eI = m[560 + k]; e0 = m[568 + k]; eX = m[576 + k]; eT = m[584 + k]; qS = m[592 + k]
        qT = m[600 + k]; tauS = m[608 + k]; nE = m[616 + k]; cap0 = m[624 + k]; cDc = m[632 + k]; tauG = m[640 + k]; gT = m[648 + k]; gI = m[656 + k]
        tauB = m[664 + k]; B0 = m[672 + k]; bS = m[680 + k]; bX = m[688 + k]; bF = m[696 + k]; bI = m[704 + k]; reach = m[712 + k]; tauC = m[720 + k]
        kC = m[728 + k]; zC = m[736 + k]; T = m[0 + k]; T_0 = T; V = m[8 + k]; V_0 = V; A = m[16 + k]; A_0 = A
        F = m[24 + k]; F_0 = F; E = m[32 + k]; E_0 = E; Z = m[40 + k]; Z_0 = Z; X = m[48 + k]; X_0 = X
        I = m[56 + k]; I_0 = I; L = m[64 + k]; L_0 = L; W = m[72 + k]; W_0 = W; S = m[80 + k]; S_0 = S
        B = m[88 + k]; B_0 = B; G = m[96 + k]; G_0 = G; P = m[104 + k]; P_0 = P; Q = m[112 + k]; Q_0 = Q
        C = m[120 + k]; C_0 = C; D = m[128 + k]; D_0 = D
        sensed = (G * max((vN - V), 0.0)); alarm = (((((((cL * L) + (cI * I)) + (cD * D)) + (cP * sensed)) - ((cS * W) * ((1.0 - cW) + (cW * B)))) - th) - (cB * (B - 0.6))); receptor = (1.0 / (1.0 + ((F / KGR) * (F / KGR) * (F / KGR)))); crh = (((((1.0 + (uT * T)) + (uI * I)) / (1.0 + (uD * D))) / max(F, 0.01)) * receptor); drawn = (reach * D); envelope = (((cap0 * E) * C) * (1.0 - (cDc * drawn))); production = (((((pE * C) * (1.0 - (dE * drawn))) / (1.0 + (eI * I))) * (1.0 - (qS * S))) * (1.0 + (nE * (nu - 1.0)))); use = ((e0 + (eX * ex)) + (eT * T))
        provoked = ((((mX * X) + (mT * T)) + (mE * max((eN - E), 0.0))) * max((1.0 - (mV * V)), 0.0)); wear = (kC * max((Z - zC), 0.0)); T_1 = (1.0 / (1.0 + _exp(((-kT) * alarm)))) / tauT; V_1 = (((v0 * (1.0 - (vT * T))) + (vS * sg)) / (1.0 + (vI * I))) / tauV; A_1 = ((crh * P) * receptor) * gA; F_1 = ((A * Q) - F) * gF; E_1 = ((production / (production + use)) - E) * (production + use); Z_1 = (((zO + (zD * drawn)) * max((ex - envelope), 0.0)) - Z) / tauZ
        X_1 = ((((xD * D) + (xZ * Z)) + (xI * I)) - X) / tauX; I_1 = (((((((iX * reach) * X) + (iT * T)) * (i0 - (iV * V))) / ((1.0 - iF) + ((iF * F) / (1.0 + (rI * I))))) + (wI * ill)) - I) / tauI; L_1 = (((wL * (1.0 + (gL * (G - 1.0)))) * s) - L) / tauL; W_1 = (sg - W) / tauW; S_1 = ((1.0 - (q * (1.0 - (qT * T)))) - S) / tauS; B_1 = ((((B0 + (bS * sg)) + (bX * min(ex, envelope))) / ((1.0 + (bF * max((F - 1.0), 0.0))) + (bI * I))) - B) / tauB; G_1 = (((1.0 + (gT * T)) + ((gI * I) / (0.5 + I))) - G) / tauG; P_1 = ((gP * (crh - 1.0))) * P
        Q_1 = ((gQ * (A - 1.0))) * Q; C_1 = ((1.0 / (1.0 + (tauC * wear))) - C) / (tauC / (1.0 + (tauC * wear))); D_1 = (_share(provoked * provoked * provoked, KD * KD * KD) - D) / (tauD if _share(provoked * provoked * provoked, KD * KD * KD) > D else tauDo)
        T = m[792 + k] * T_0 + m[800 + k] * T_1; V = m[864 + k] * V_0 + m[872 + k] * V_1; A = m[936 + k] * A_0 + m[944 + k] * A_1; F = F_0 + half * F_1; E = E_0 + half * E_1; Z = Z_0 + half * Z_1; X = X_0 + half * X_1; I = I_0 + half * I_1
        L = L_0 + half * L_1; W = W_0 + half * W_1; S = S_0 + half * S_1; B = B_0 + half * B_1; G = G_0 + half * G_1; P = P_0 + half * P_1; Q = Q_0 + half * Q_1; C = C_0 + half * C_1
        D = D_0 + half * D_1
        sensed = (G * max((vN - V), 0.0)); alarm = (((((((cL * L) + (cI * I)) + (cD * D)) + (cP * sensed)) - ((cS * W) * ((1.0 - cW) + (cW * B)))) - th) - (cB * (B - 0.6))); receptor = (1.0 / (1.0 + ((F / KGR) * (F / KGR) * (F / KGR)))); crh = (((((1.0 + (uT * T)) + (uI * I)) / (1.0 + (uD * D))) / max(F, 0.01)) * receptor); drawn = (reach * D); envelope = (((cap0 * E) * C) * (1.0 - (cDc * drawn))); production = (((((pE * C) * (1.0 - (dE * drawn))) / (1.0 + (eI * I))) * (1.0 - (qS * S))) * (1.0 + (nE * (nu - 1.0)))); use = ((e0 + (eX * ex)) + (eT * T))
        provoked = ((((mX * X) + (mT * T)) + (mE * max((eN - E), 0.0))) * max((1.0 - (mV * V)), 0.0)); wear = (kC * max((Z - zC), 0.0)); T_2 = (1.0 / (1.0 + _exp(((-kT) * alarm)))) / tauT; V_2 = (((v0 * (1.0 - (vT * T))) + (vS * sg)) / (1.0 + (vI * I))) / tauV; A_2 = ((crh * P) * receptor) * gA; F_2 = ((A * Q) - F) * gF; E_2 = ((production / (production + use)) - E) * (production + use); Z_2 = (((zO + (zD * drawn)) * max((ex - envelope), 0.0)) - Z) / tauZ
        X_2 = ((((xD * D) + (xZ * Z)) + (xI * I)) - X) / tauX; I_2 = (((((((iX * reach) * X) + (iT * T)) * (i0 - (iV * V))) / ((1.0 - iF) + ((iF * F) / (1.0 + (rI * I))))) + (wI * ill)) - I) / tauI; L_2 = (((wL * (1.0 + (gL * (G - 1.0)))) * s) - L) / tauL; W_2 = (sg - W) / tauW; S_2 = ((1.0 - (q * (1.0 - (qT * T)))) - S) / tauS; B_2 = ((((B0 + (bS * sg)) + (bX * min(ex, envelope))) / ((1.0 + (bF * max((F - 1.0), 0.0))) + (bI * I))) - B) / tauB; G_2 = (((1.0 + (gT * T)) + ((gI * I) / (0.5 + I))) - G) / tauG; P_2 = ((gP * (crh - 1.0))) * P
        Q_2 = ((gQ * (A - 1.0))) * Q; C_2 = ((1.0 / (1.0 + (tauC * wear))) - C) / (tauC / (1.0 + (tauC * wear))); D_2 = (_share(provoked * provoked * provoked, KD * KD * KD) - D) / (tauD if _share(provoked * provoked * provoked, KD * KD * KD) > D else tauDo)
        T = m[792 + k] * T_0 + m[800 + k] * T_1 + m[808 + k] * (T_2 - T_1); V = m[864 + k] * V_0 + m[872 + k] * V_1 + m[880 + k] * (V_2 - V_1); A = m[936 + k] * A_0 + m[944 + k] * A_1 + m[952 + k] * (A_2 - A_1); F = F_0 + half * F_2; E = E_0 + half * E_2; Z = Z_0 + half * Z_2; X = X_0 + half * X_2; I = I_0 + half * I_2
        L = L_0 + half * L_2; W = W_0 + half * W_2; S = S_0 + half * S_2; B = B_0 + half * B_2; G = G_0 + half * G_2; P = P_0 + half * P_2; Q = Q_0 + half * Q_2; C = C_0 + half * C_2
        D = D_0 + half * D_2
        sensed = (G * max((vN - V), 0.0)); alarm = (((((((cL * L) + (cI * I)) + (cD * D)) + (cP * sensed)) - ((cS * W) * ((1.0 - cW) + (cW * B)))) - th) - (cB * (B - 0.6))); receptor = (1.0 / (1.0 + ((F / KGR) * (F / KGR) * (F / KGR)))); crh = (((((1.0 + (uT * T)) + (uI * I)) / (1.0 + (uD * D))) / max(F, 0.01)) * receptor); drawn = (reach * D); envelope = (((cap0 * E) * C) * (1.0 - (cDc * drawn))); production = (((((pE * C) * (1.0 - (dE * drawn))) / (1.0 + (eI * I))) * (1.0 - (qS * S))) * (1.0 + (nE * (nu - 1.0)))); use = ((e0 + (eX * ex)) + (eT * T))
        provoked = ((((mX * X) + (mT * T)) + (mE * max((eN - E), 0.0))) * max((1.0 - (mV * V)), 0.0)); wear = (kC * max((Z - zC), 0.0)); T_3 = (1.0 / (1.0 + _exp(((-kT) * alarm)))) / tauT; V_3 = (((v0 * (1.0 - (vT * T))) + (vS * sg)) / (1.0 + (vI * I))) / tauV; A_3 = ((crh * P) * receptor) * gA; F_3 = ((A * Q) - F) * gF; E_3 = ((production / (production + use)) - E) * (production + use); Z_3 = (((zO + (zD * drawn)) * max((ex - envelope), 0.0)) - Z) / tauZ
        X_3 = ((((xD * D) + (xZ * Z)) + (xI * I)) - X) / tauX; I_3 = (((((((iX * reach) * X) + (iT * T)) * (i0 - (iV * V))) / ((1.0 - iF) + ((iF * F) / (1.0 + (rI * I))))) + (wI * ill)) - I) / tauI; L_3 = (((wL * (1.0 + (gL * (G - 1.0)))) * s) - L) / tauL; W_3 = (sg - W) / tauW; S_3 = ((1.0 - (q * (1.0 - (qT * T)))) - S) / tauS; B_3 = ((((B0 + (bS * sg)) + (bX * min(ex, envelope))) / ((1.0 + (bF * max((F - 1.0), 0.0))) + (bI * I))) - B) / tauB; G_3 = (((1.0 + (gT * T)) + ((gI * I) / (0.5 + I))) - G) / tauG; P_3 = ((gP * (crh - 1.0))) * P
        Q_3 = ((gQ * (A - 1.0))) * Q; C_3 = ((1.0 / (1.0 + (tauC * wear))) - C) / (tauC / (1.0 + (tauC * wear))); D_3 = (_share(provoked * provoked * provoked, KD * KD * KD) - D) / (tauD if _share(provoked * provoked * provoked, KD * KD * KD) > D else tauDo)
        T = m[816 + k] * T_0 + m[824 + k] * T_1 + m[832 + k] * (T_3 - T_1); V = m[888 + k] * V_0 + m[896 + k] * V_1 + m[904 + k] * (V_3 - V_1); A = m[960 + k] * A_0 + m[968 + k] * A_1 + m[976 + k] * (A_3 - A_1); F = F_0 + h * F_3; E = E_0 + h * E_3; Z = Z_0 + h * Z_3; X = X_0 + h * X_3; I = I_0 + h * I_3
        L = L_0 + h * L_3; W = W_0 + h * W_3; S = S_0 + h * S_3; B = B_0 + h * B_3; G = G_0 + h * G_3; P = P_0 + h * P_3; Q = Q_0 + h * Q_3; C = C_0 + h * C_3
        D = D_0 + h * D_3
        sensed = (G * max((vN - V), 0.0)); alarm = (((((((cL * L) + (cI * I)) + (cD * D)) + (cP * sensed)) - ((cS * W) * ((1.0 - cW) + (cW * B)))) - th) - (cB * (B - 0.6))); receptor = (1.0 / (1.0 + ((F / KGR) * (F / KGR) * (F / KGR)))); crh = (((((1.0 + (uT * T)) + (uI * I)) / (1.0 + (uD * D))) / max(F, 0.01)) * receptor); drawn = (reach * D); envelope = (((cap0 * E) * C) * (1.0 - (cDc * drawn))); production = (((((pE * C) * (1.0 - (dE * drawn))) / (1.0 + (eI * I))) * (1.0 - (qS * S))) * (1.0 + (nE * (nu - 1.0)))); use = ((e0 + (eX * ex)) + (eT * T))
        provoked = ((((mX * X) + (mT * T)) + (mE * max((eN - E), 0.0))) * max((1.0 - (mV * V)), 0.0)); wear = (kC * max((Z - zC), 0.0)); T_4 = (1.0 / (1.0 + _exp(((-kT) * alarm)))) / tauT; V_4 = (((v0 * (1.0 - (vT * T))) + (vS * sg)) / (1.0 + (vI * I))) / tauV; A_4 = ((crh * P) * receptor) * gA; F_4 = ((A * Q) - F) * gF; E_4 = ((production / (production + use)) - E) * (production + use); Z_4 = (((zO + (zD * drawn)) * max((ex - envelope), 0.0)) - Z) / tauZ
        X_4 = ((((xD * D) + (xZ * Z)) + (xI * I)) - X) / tauX; I_4 = (((((((iX * reach) * X) + (iT * T)) * (i0 - (iV * V))) / ((1.0 - iF) + ((iF * F) / (1.0 + (rI * I))))) + (wI * ill)) - I) / tauI; L_4 = (((wL * (1.0 + (gL * (G - 1.0)))) * s) - L) / tauL; W_4 = (sg - W) / tauW; S_4 = ((1.0 - (q * (1.0 - (qT * T)))) - S) / tauS; B_4 = ((((B0 + (bS * sg)) + (bX * min(ex, envelope))) / ((1.0 + (bF * max((F - 1.0), 0.0))) + (bI * I))) - B) / tauB; G_4 = (((1.0 + (gT * T)) + ((gI * I) / (0.5 + I))) - G) / tauG; P_4 = ((gP * (crh - 1.0))) * P
        Q_4 = ((gQ * (A - 1.0))) * Q; C_4 = ((1.0 / (1.0 + (tauC * wear))) - C) / (tauC / (1.0 + (tauC * wear))); D_4 = (_share(provoked * provoked * provoked, KD * KD * KD) - D) / (tauD if _share(provoked * provoked * provoked, KD * KD * KD) > D else tauDo)
        T = m[816 + k] * T_0 + m[840 + k] * T_1 + m[848 + k] * (T_2 + T_3) + m[856 + k] * T_4; V = m[888 + k] * V_0 + m[912 + k] * V_1 + m[920 + k] * (V_2 + V_3) + m[928 + k] * V_4; A = m[960 + k] * A_0 + m[984 + k] * A_1 + m[992 + k] * (A_2 + A_3) + m[1000 + k] * A_4; F = F_0 + sixth * (F_1 + 2.0 * (F_2 + F_3) + F_4); E = E_0 + sixth * (E_1 + 2.0 * (E_2 + E_3) + E_4); Z = Z_0 + sixth * (Z_1 + 2.0 * (Z_2 + Z_3) + Z_4); X = X_0 + sixth * (X_1 + 2.0 * (X_2 + X_3) + X_4); I = I_0 + sixth * (I_1 + 2.0 * (I_2 + I_3) + I_4)
        L = L_0 + sixth * (L_1 + 2.0 * (L_2 + L_3) + L_4); W = W_0 + sixth * (W_1 + 2.0 * (W_2 + W_3) + W_4); S = S_0 + sixth * (S_1 + 2.0 * (S_2 + S_3) + S_4); B = B_0 + sixth * (B_1 + 2.0 * (B_2 + B_3) + B_4); G = G_0 + sixth * (G_1 + 2.0 * (G_2 + G_3) + G_4); P = P_0 + sixth * (P_1 + 2.0 * (P_2 + P_3) + P_4); Q = Q_0 + sixth * (Q_1 + 2.0 * (Q_2 + Q_3) + Q_4); C = C_0 + sixth * (C_1 + 2.0 * (C_2 + C_3) + C_4)
        D = D_0 + sixth * (D_1 + 2.0 * (D_2 + D_3) + D_4)
        m[0 + k] = T; m[8 + k] = V; m[16 + k] = A; m[24 + k] = F; m[32 + k] = E; m[40 + k] = Z; m[48 + k] = X; m[56 + k] = I
        m[64 + k] = L; m[72 + k] = W; m[80 + k] = S; m[88 + k] = B; m[96 + k] = G; m[104 + k] = P; m[112 + k] = Q; m[120 + k] = C
        m[128 + k] = D


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
def _weigh(m, step_min, lengths, weights):
    # Few lengths of step occur, so their weights are kept.
    place, first, size = step_min % KEPT_WEIGHTS, FACTORS_AT * LANES, (SIZE - FACTORS_AT) * LANES
    known = lengths[place] == step_min
    if not known:
        factors(m, step_min / 1440.0)
        lengths[place] = step_min
    for i in range(size):
        if known:
            m[first + i] = weights[place * size + i]
        else:
            weights[place * size + i] = m[first + i]


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
    lengths = np.zeros(KEPT_WEIGHTS, np.int64)
    weights = np.zeros(KEPT_WEIGHTS * (SIZE - FACTORS_AT) * LANES)
    for i in range(size):
        out[0, i] = m[i]
    kept, until_kept, last_min = 1, every_min, 0
    for piece in range(lengths_min.size):
        for i in range(levels.shape[1]):
            for k in range(LANES):
                m[(INPUTS_AT + i) * LANES + k] = levels[piece, i]
        left = lengths_min[piece]
        while left > 0:
            step_min = _step_min(left, until_kept, longest)
            if step_min != last_min:
                _weigh(m, step_min, lengths, weights)
                last_min = step_min
            if sd > 0.0:
                _wander(m, levels[piece, 0], wander, state, np.exp(-step_min / relax_min), sd)
            step(m, step_min / 1440.0)
            left -= step_min
            until_kept -= step_min
            if until_kept == 0:
                for i in range(size):
                    out[kept, i] = m[i]
                kept += 1
                until_kept = every_min
