"""The equations of uitknop-17, written by scripts/body_kernel.py from data/model.toml. Change that file."""
# ruff: noqa
# mypy: ignore-errors
# fmt: off

import numpy as np
from numba import njit

_exp = np.exp


def _kept(**options):
    # What was compiled is kept for the next time, unless there is no place where files may be written.
    def compiled(function):
        try:
            return njit(cache=True, **options)(function)
        except RuntimeError:
            return njit(**options)(function)

    return compiled


@_kept(nogil=True, error_model="numpy")
def slope(y, p, u, dy):
    """dy/dt per day: y states, p parameters, u inputs; dy is filled."""
    s = u[0]; sg = u[1]; ex = u[2]; q = u[3]; nu = u[4]; ill = u[5]; tauL = p[0]; wL = p[1]
    gL = p[2]; tauT = p[3]; kT = p[4]; th = p[5]; cL = p[6]; cI = p[7]; cD = p[8]; cP = p[9]
    vN = p[10]; cS = p[11]; cW = p[12]; cB = p[13]; tauW = p[14]; tauV = p[15]; v0 = p[16]; vT = p[17]
    vS = p[18]; vI = p[19]; gA = p[20]; gF = p[21]; gP = p[22]; gQ = p[23]; KGR = p[24]; uT = p[25]
    uI = p[26]; uD = p[27]; tauI = p[28]; iX = p[29]; iT = p[30]; i0 = p[31]; iV = p[32]; iF = p[33]
    rI = p[34]; wI = p[35]; tauZ = p[36]; zO = p[37]; zD = p[38]; tauX = p[39]; xD = p[40]; xZ = p[41]
    xI = p[42]; tauD = p[43]; tauDo = p[44]; mX = p[45]; mT = p[46]; mE = p[47]; eN = p[48]; mV = p[49]
    KD = p[50]; pE = p[51]; dE = p[52]; eI = p[53]; e0 = p[54]; eX = p[55]; eT = p[56]; qS = p[57]
    qT = p[58]; tauS = p[59]; nE = p[60]; cap0 = p[61]; cDc = p[62]; tauG = p[63]; gT = p[64]; gI = p[65]
    tauB = p[66]; B0 = p[67]; bS = p[68]; bX = p[69]; bF = p[70]; bI = p[71]; reach = p[72]; tauC = p[73]
    kC = p[74]; zC = p[75]; kD = p[76]; cF = p[77]; cE = p[78]; cG = p[79]; T = y[0]; V = y[1]
    A = y[2]; F = y[3]; E = y[4]; Z = y[5]; X = y[6]; I = y[7]; L = y[8]; W = y[9]
    S = y[10]; B = y[11]; G = y[12]; P = y[13]; Q = y[14]; C = y[15]; D = y[16]
    sensed = ((1.0 + (cG * (G - 1.0))) * max((vN - V), 0.0))
    alarm = (((((((cL * L) + (cI * I)) + (cD * D)) + (cP * sensed)) - ((cS * W) * ((1.0 - cW) + (cW * B)))) - th) - (cB * (B - 0.6)))
    receptor = (1.0 / (1.0 + ((F / KGR) * (F / KGR) * (F / KGR))))
    crh = (((((1.0 + (uT * T)) + (uI * I)) / (1.0 + (uD * D))) / max(F, 0.01)) * receptor)
    drawn = (reach * D)
    envelope = (((cap0 * (1.0 - (cE * (1.0 - E)))) * C) * (1.0 - (cDc * drawn)))
    production = (((((pE * C) * (1.0 - (dE * drawn))) / (1.0 + (eI * I))) * (1.0 - (qS * S))) * (1.0 + (nE * (nu - 1.0))))
    use = ((e0 + (eX * ex)) + (eT * T))
    provoked = ((((mX * X) + (mT * T)) + (mE * max((eN - E), 0.0))) * max((1.0 - (mV * V)), 0.0))
    wear = ((kC * max((Z - zC), 0.0)) + ((kD * drawn) * max((1.0 - (cF / max(C, 0.01))), 0.0)))
    dy[0] = ((1.0 / (1.0 + _exp(((-kT) * alarm)))) - T) / tauT
    dy[1] = ((((v0 * (1.0 - (vT * T))) + (vS * sg)) / (1.0 + (vI * I))) - V) / tauV
    dy[2] = (((crh * P) * receptor) - A) * gA
    dy[3] = ((A * Q) - F) * gF
    dy[4] = ((production / (production + use)) - E) * (production + use)
    dy[5] = (((zO + (zD * drawn)) * max((ex - envelope), 0.0)) - Z) / tauZ
    dy[6] = ((((xD * D) + (xZ * Z)) + (xI * I)) - X) / tauX
    dy[7] = (((((((iX * reach) * X) + (iT * T)) * (i0 - (iV * V))) / ((1.0 - iF) + ((iF * F) / (1.0 + (rI * I))))) + (wI * ill)) - I) / tauI
    dy[8] = (((wL * (1.0 + (gL * (G - 1.0)))) * s) - L) / tauL
    dy[9] = (sg - W) / tauW
    dy[10] = ((1.0 - (q * (1.0 - (qT * T)))) - S) / tauS
    dy[11] = ((((B0 + (bS * sg)) + (bX * min(ex, envelope))) / ((1.0 + (bF * max((F - 1.0), 0.0))) + (bI * I))) - B) / tauB
    dy[12] = (((1.0 + (gT * T)) + ((gI * I) / (0.5 + I))) - G) / tauG
    dy[13] = ((gP * (crh - 1.0))) * P
    dy[14] = ((gQ * (A - 1.0))) * Q
    dy[15] = ((1.0 / (1.0 + (tauC * wear))) - C) / (tauC / (1.0 + (tauC * wear)))
    dy[16] = (((provoked * provoked * provoked) / ((KD * KD * KD) + (provoked * provoked * provoked))) - D) / (tauD if ((provoked * provoked * provoked) / ((KD * KD * KD) + (provoked * provoked * provoked))) > D else tauDo)
